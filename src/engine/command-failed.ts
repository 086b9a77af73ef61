import { type CommandResult } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';

export function commandFailed(node: NodeName, result: CommandResult): LabError {
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-5).join('\n');
  const status = result.timedOut ? 'timeout' : String(result.exitStatus ?? '?');
  const command = result.argv.join(' ');
  return new LabError(
    'command-failed',
    words(
      `On ${node}, "${command}" failed (${status}): ${said}`,
      `Sur ${node}, « ${command} » a échoué (${status}) : ${said}`,
    ),
    { exit: exitStatus.failed },
  );
}
