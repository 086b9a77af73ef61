// How PostgreSQL is spoken to: psql in the node, as the system user postgres, through the socket. Account, port and way
// in are decided in this file alone.

import { z } from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeState } from '../model/observation.ts';
import { type Edition, type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { lookInNode } from './look-in-node.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

const asPostgres = ['runuser', '-u', 'postgres', '--'];
const socketDirectory = '/var/run/postgresql';

/** What came of a question to one PostgreSQL. */
export type PostgresAnswer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** It said no: `relation "workshop_rows" does not exist`. */
  | { readonly kind: 'error'; readonly message: string }
  /** `down`: nobody listens. `starting`: it takes no connections yet. `refused`: it does not let us in. */
  | { readonly kind: 'node-not-running'; readonly state: NodeState }
  | { readonly kind: 'silence'; readonly how: 'down' | 'starting' | 'refused' | 'other'; readonly text: string };

// psql reads the password from its environment only; it comes in on standard input, so that it is in no argument list.
const script = 'IFS= read -r PGPASSWORD; export PGPASSWORD PGCONNECT_TIMEOUT=3; exec "$0" "$@"';

/** PostgreSQL's own psql. Debian's /usr/bin/psql is a Perl script before it: 63 ms of a core instead of 12. */
export function psqlProgram({ values }: Edition): string {
  return `/usr/lib/postgresql/${values['postgresql'] ?? ''}/bin/psql`;
}

/** Rows as objects. `sql` is one query without a semicolon; `unseen` only when the node could not be looked into. */
export async function askPostgres<Row>(
  reach: Reach,
  node: NodeDefinition,
  sql: string,
  row: z.ZodType<Row>,
): Promise<Observed<PostgresAnswer<readonly Row[]>>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ kind: 'node-not-running', state });
  // Over TCP when the socket is elsewhere, or lets postgres in under no other name.
  let answer = await ask(reach, node, sql, socketDirectory);
  if (answer.kind === 'seen' && trySomewhereElse(answer.value)) {
    const other = await ask(reach, node, sql, node.address);
    if (other.kind === 'seen' && other.value.exitStatus !== 2) answer = other;
  }
  return answer.kind === 'unseen' ? answer : seen(readPostgresAnswer(answer.value, row));
}

function ask(reach: Reach, node: NodeDefinition, sql: string, host: string): Promise<Observed<CommandResult>> {
  const { values } = reach.workshop;
  const statement = `select coalesce(json_agg(row_to_json(answer)), '[]') from (${sql}) as answer`;
  const psql = [
    '-XAtq',
    '-U',
    superuserName(reach.workshop),
    '-h',
    host,
    '-p',
    postgresqlPort(reach.workshop),
    '-d',
    'postgres',
    '-c',
    statement,
  ];
  const input = `${values['superuser_password'] ?? ''}\n`;
  return lookInNode(reach, node.name, [...asPostgres, 'sh', '-c', script, psqlProgram(reach.edition), ...psql], {
    input,
  });
}

function trySomewhereElse({ exitStatus, stderr }: CommandResult): boolean {
  return exitStatus === 2 && /No such file or directory|Peer authentication failed|no pg_hba\.conf entry/.test(stderr);
}

function superuserName({ values }: Workshop): string {
  return values['superuser_name'] ?? 'postgres';
}

function postgresqlPort({ values }: Workshop): string {
  return values['postgresql_port'] ?? '5432';
}

/** What a person would type for the same, in the node. */
export function psqlCommand(workshop: Workshop, sql: string): string {
  return `sudo -u postgres psql -U ${superuserName(workshop)} -h ${socketDirectory} -p ${postgresqlPort(workshop)} -d postgres -c "${sql}"`;
}

/** What psql brought back. Its exit status 2: no connection. */
export function readPostgresAnswer<Row>(result: CommandResult, row: z.ZodType<Row>): PostgresAnswer<readonly Row[]> {
  const said = result.stderr.trim();
  if (result.exitStatus === 2) return { kind: 'silence', how: silence(said), text: said };
  if (result.exitStatus !== 0) return { kind: 'error', message: said };
  const read = z.array(row).safeParse(parseJson(result.stdout));
  return read.success
    ? { kind: 'answer', value: read.data }
    : { kind: 'error', message: result.stdout.trim().slice(0, 200) };
}

function silence(said: string): 'down' | 'starting' | 'refused' | 'other' {
  if (/No such file or directory|Connection refused/.test(said)) return 'down';
  if (/starting up|not yet accepting connections|shutting down|in recovery mode|not accepting connections/.test(said))
    return 'starting';
  return said.includes('FATAL') ? 'refused' : 'other';
}
