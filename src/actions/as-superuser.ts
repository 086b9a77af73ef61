import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { type ActionContext } from './kind.ts';

/** SQL on the node's own PostgreSQL, through the socket; throws a LabError when it fails. */
export function asSuperuser(context: ActionContext, node: NodeName, sql: string): Promise<CommandResult> {
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = context.workshop.values;
  const psql = ['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', '/var/run/postgresql', '-p', port, '-U', user];
  return context.exec(node, ['runuser', '-u', 'postgres', '--', ...psql, '-d', 'postgres'], { input: `${sql}\n` });
}
