import { exitStatus, LabError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { joinWords, words, type Words } from '../model/words.ts';

/** For a name that was typed on the command line: a usage error (exit status 2) that lists what there is. */
export function unknownName(
  code: string,
  what: Words,
  typed: { readonly text: string; readonly candidates: readonly string[]; readonly all: Words },
): LabError {
  const near = nearest(typed.text, typed.candidates);
  const parts = near === undefined ? [] : [words(`Did you mean ${near}?`, `Vouliez-vous dire ${near} ?`)];
  return new LabError(code, what, { exit: exitStatus.usage, hint: joinWords([...parts, typed.all], ' ') });
}
