import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { type ActionContext } from './kind.ts';

/** SQL, or psql's own commands, on standard input, as the superuser through the socket; the first error ends it. */
export function psqlInNode(
  context: ActionContext,
  node: NodeName,
  input: string,
  timeoutSeconds = 60,
): Promise<CommandResult> {
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = context.workshop.values;
  const place = ['-h', '/var/run/postgresql', '-p', port, '-U', user, '-d', 'postgres'];
  const psql = ['runuser', '-u', 'postgres', '--', 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', ...place];
  return context.attempt(node, psql, { input, timeoutSeconds });
}
