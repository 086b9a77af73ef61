import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { type ActionContext } from './kind.ts';

/** As postgres, with what it does in the transcript; throws a LabError when it fails. */
export function runPgbackrest(
  context: ActionContext,
  node: NodeName,
  argv: readonly string[],
  timeoutSeconds = 120,
): Promise<CommandResult> {
  const program = ['runuser', '-u', 'postgres', '--', 'pgbackrest', '--log-level-console=info'];
  return context.exec(node, [...program, ...argv], { timeoutSeconds });
}
