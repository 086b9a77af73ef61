import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { psqlProgram } from '../probes/postgres.ts';
import { type ActionContext } from './kind.ts';

/** SQL, or psql's own commands, on standard input, as the superuser through the socket; the first error ends it. */
export function psqlInNode(
  context: ActionContext,
  node: NodeName,
  input: string,
  timeoutSeconds = 60,
): Promise<CommandResult> {
  return context.attempt(node, superuserPsql(context), { input, timeoutSeconds });
}

/** The same, which has to succeed; throws a LabError when it does not. */
export function asSuperuser(context: ActionContext, node: NodeName, sql: string): Promise<CommandResult> {
  return context.exec(node, superuserPsql(context), { input: `${sql}\n` });
}

function superuserPsql({ workshop, edition }: ActionContext): readonly string[] {
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = workshop.values;
  const place = ['-h', '/var/run/postgresql', '-p', port, '-U', user, '-d', 'postgres'];
  return ['runuser', '-u', 'postgres', '--', psqlProgram(edition), '-XAtq', '-v', 'ON_ERROR_STOP=1', ...place];
}
