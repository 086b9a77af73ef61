import { type CommanderError } from 'commander';
import { exitStatus, LabError } from '../model/errors.ts';
import { type Words, words } from '../model/words.ts';
import { inLanguage, placeholder } from './placeholders.ts';

type Translate = (...parts: readonly string[]) => string;

/** All that commander says of the arguments of a verb, or of their absence. */
const french: readonly (readonly [RegExp, Translate])[] = [
  [/^unknown command '(.*)'$/, (verb) => `verbe inconnu : ${verb}`],
  [/^unknown option '(.*)'$/, (option) => `option inconnue : ${option}`],
  [/^missing required argument '(.*)'$/, (name) => `il manque un argument : ${placeholder(name, 'fr')}`],
  [/^option '(.*)' argument missing$/, (option) => `il manque la valeur de l'option ${inLanguage(option, 'fr')}`],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)\.$/,
    (verb, expected, got) => `trop d'arguments pour ${verb} : ${expected} au plus, ${got} reçus`,
  ],
];

/** A mistake in the arguments, as commander found it, in both languages. `verb`: whose arguments they are, if known. */
export function usageError(error: CommanderError, verb: string | undefined): LabError {
  const [what = '', ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const near = /Did you mean (?:one of )?(.*)\?/.exec(suggestion.join(' '))?.[1];
  return new LabError('usage', words(what, inFrench(what)), {
    exit: exitStatus.usage,
    hint: near === undefined ? helpOf(verb) : words(`Did you mean ${near}?`, `Vouliez-vous dire ${near} ?`),
  });
}

function inFrench(what: string): string {
  for (const [pattern, translate] of french) {
    const found = pattern.exec(what);
    if (found !== null) return translate(...found.slice(1));
  }
  return what;
}

function helpOf(verb: string | undefined): Words {
  if (verb === undefined)
    return words(
      '"lab --help" lists the verbs; "lab help up" explains one.',
      '« lab --help » liste les verbes ; « lab help up » en explique un.',
    );
  return words(`What it takes: lab help ${verb}`, `Ce qu'il attend : lab help ${verb}`);
}
