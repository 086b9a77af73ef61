// Who may do what: containers and networks are root's, and so is what lies in LAB_HOME.

import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

/** Verbs that touch neither; what they can't read or write they say themselves. */
const forEverybody: ReadonlySet<string> = new Set(['help', 'complete', 'guide', 'install', 'uninstall']);
/** These explain what there is when nothing is named. */
const forEverybodyUnnamed: ReadonlySet<string> = new Set(['fault', 'measure']);

/** Pure. `given`: how many arguments the verb has. */
export function wantsRoot(verb: string, given: number): boolean {
  return !forEverybody.has(verb) && !(forEverybodyUnnamed.has(verb) && given === 0);
}

/** sudo drops these: what they say is said again by an option. */
const options = {
  LAB_NAME: '--lab',
  LAB_HOME: '--home',
  LAB_WORKSHOP: '--workshop',
  LAB_EDITION: '--edition',
  LAB_LANG: '--lang',
} as const;

interface Typed {
  /** How the program was called: `lab`, or the path of a checkout's scripts/lab. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The same command with sudo in front, on the same lab. Pure. */
export function withSudo({ program, args, env }: Typed): string {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const dropped = Object.entries(options).flatMap(([variable, option]) => {
    const value = env[variable] ?? '';
    const isGiven = own.some((argument) => argument === option || argument.startsWith(`${option}=`));
    return value === '' || isGiven ? [] : [option, value];
  });
  return ['sudo', program, ...dropped, ...args].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

export function rootNeeded(typed: Typed): LabError {
  const command = withSudo(typed);
  return new LabError(
    'root-needed',
    words(
      'lab makes containers and networks, which only root may do.',
      'lab crée des conteneurs et des réseaux, ce que seul root peut faire.',
    ),
    { exit: exitStatus.hostCannot, hint: words(`Start it with sudo: ${command}`, `Lancez-le avec sudo : ${command}`) },
  );
}
