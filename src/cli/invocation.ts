// The options that every verb has (CLI.md, "Everywhere"), parsed once at the edge.

import { isAbsolute, resolve } from 'node:path';
import { exitStatus, LabError } from '../model/errors.ts';
import { defaultHome } from '../model/home-paths.ts';
import { type LabName } from '../model/ids.ts';
import { parseLabName } from '../model/lab-name.ts';
import { nearest } from '../model/nearest.ts';
import { type Language, languages, words } from '../model/words.ts';

export const formats = ['pretty', 'plain', 'json'] as const;

export interface Invocation {
  readonly lab: LabName;
  /** Absolute. */
  readonly home: string;
  /** Absolute; undefined = the workshop that comes with the program. */
  readonly workshop: string | undefined;
  /** As typed; undefined = the lab's own, or the workshop's default. */
  readonly edition: string | undefined;
  readonly language: Language;
  /** As typed: verify knows two more. */
  readonly format: string | undefined;
  readonly yes: boolean;
  readonly verbose: boolean;
}

export interface GlobalOptions {
  readonly lab?: string;
  readonly home?: string;
  readonly workshop?: string;
  readonly edition?: string;
  readonly lang?: string;
  readonly format?: string;
  readonly yes?: boolean;
  readonly verbose?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function parseInvocation(options: GlobalOptions, env: Environment, directory: string): Invocation {
  const workshop = options.workshop ?? given(env['LAB_WORKSHOP']);
  return {
    lab: parseLabName(options.lab ?? given(env['LAB_NAME']) ?? 'main'),
    home: absolute(options.home ?? given(env['LAB_HOME']) ?? defaultHome, directory),
    workshop: workshop === undefined ? undefined : absolute(workshop, directory),
    edition: options.edition ?? given(env['LAB_EDITION']),
    language: chooseLanguage(options.lang, env),
    format: options.format,
    yes: options.yes ?? false,
    verbose: options.verbose ?? false,
  };
}

/** `--lang`, then LAB_LANG, then the locale; English when none of them says French. */
export function chooseLanguage(option: string | undefined, env: Environment): Language {
  const asked = option ?? given(env['LAB_LANG']);
  if (asked !== undefined) {
    const known = languages.find((language) => language === asked);
    if (known !== undefined) return known;
    throw notOneOf(option === undefined ? 'LAB_LANG' : '--lang', asked, languages);
  }
  const locale = given(env['LC_ALL']) ?? given(env['LC_MESSAGES']) ?? given(env['LANG']) ?? '';
  return locale.startsWith('fr') ? 'fr' : 'en';
}

export function chooseFormat<F extends string>(invocation: Invocation, allowed: readonly F[], fallback: F): F {
  if (invocation.format === undefined) return fallback;
  const known = allowed.find((format) => format === invocation.format);
  if (known === undefined) throw notOneOf('--format', invocation.format, allowed);
  return known;
}

function notOneOf(option: string, text: string, allowed: readonly string[]): LabError {
  const near = nearest(text, allowed);
  const list = allowed.join(', ');
  return new LabError(
    'option-invalid',
    words(`${option} ${text}: it is one of ${list}.`, `${option} ${text} : les valeurs possibles sont ${list}.`),
    {
      exit: exitStatus.usage,
      ...(near !== undefined && { hint: words(`Did you mean ${near}?`, `Vouliez-vous dire ${near} ?`) }),
    },
  );
}

/** An empty variable is one that isn't set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function absolute(path: string, directory: string): string {
  return isAbsolute(path) ? path : resolve(directory, path);
}
