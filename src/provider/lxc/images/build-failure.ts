// Says in plain words why building an image failed. Pure.

import { type CommandResult } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { verbatim, words, type Words } from '../../../model/words.ts';
import { buildExplanations } from './build-explanations.ts';

/** `doing` is the title of what failed: "image etcd (trixie)". */
export function buildFailure(doing: Words, result: Pick<CommandResult, 'argv' | 'stdout' | 'stderr'>): LabError {
  const said = `${result.stderr}\n${result.stdout}`;
  for (const { code, pattern, what, hint } of buildExplanations) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const found = what(match.slice(1).find(Boolean) ?? '');
    return new LabError(code, withTitle(doing, found), { exit: exitStatus.hostCannot, hint });
  }
  return new LabError('image-failed', withTitle(doing, verbatim(lastError(result))), {
    exit: exitStatus.hostCannot,
    hint: words(
      'Nothing half-made is kept; the transcript has the whole output.',
      "Rien d'inachevé n'est conservé ; la transcription contient toute la sortie.",
    ),
  });
}

function withTitle(title: Words, what: Words): Words {
  return words(`${title.en}: ${what.en}`, `${title.fr} : ${what.fr}`);
}

/** The line that says most: the last one marked as an error, or the last one. */
function lastError(result: Pick<CommandResult, 'argv' | 'stdout' | 'stderr'>): string {
  const lines = (result.stderr.trim() || result.stdout.trim()).split('\n');
  const error = lines.findLast((line) => /^\S+: /.test(line)) ?? lines.at(-1);
  return error === undefined || error === '' ? result.argv.join(' ') : error;
}
