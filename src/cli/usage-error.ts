import { type CommanderError } from 'commander';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

const french: readonly (readonly [RegExp, string])[] = [
  [/^unknown command '(.*)'/, 'verbe inconnu : $1'],
  [/^unknown option '(.*)'/, 'option inconnue : $1'],
  [/^missing required argument '(.*)'/, 'il manque un argument : $1'],
  [/^option '(.*)' argument missing/, "il manque la valeur de l'option $1"],
  [/^too many arguments.*/, "trop d'arguments"],
];

/** A mistake in the arguments, as commander found it, in both languages. */
export function usageError(error: CommanderError): LabError {
  const [what = '', ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const near = /Did you mean (?:one of )?(.*)\?/.exec(suggestion.join(' '))?.[1];
  const translated = french.find(([pattern]) => pattern.test(what));
  const help = words(
    '"lab --help" lists the verbs; "lab up --help" explains one.',
    '« lab --help » liste les verbes ; « lab up --help » en explique un.',
  );
  return new LabError('usage', words(what, translated ? what.replace(translated[0], translated[1]) : what), {
    exit: exitStatus.usage,
    hint: near === undefined ? help : words(`Did you mean ${near}?`, `Vouliez-vous dire ${near} ?`),
  });
}
