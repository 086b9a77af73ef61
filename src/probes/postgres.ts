// How PostgreSQL is spoken to: psql in the node, as the system user postgres, through the socket. Account, port and way
// in are decided in this file alone.

import * as z from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeState } from '../model/observation.ts';
import { type Edition, type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { askTogether } from './ask-together.ts';
import { asUser } from './as-user.ts';
import { lookInNode } from './look-in-node.ts';
import { parseJson } from './parse-json.ts';
import { psqlScript, readPsqlScript } from './psql-script.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export const socketDirectory = '/var/run/postgresql';

/** What came of a question to one PostgreSQL. */
export type PostgresAnswer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** It said no: `relation "workshop_rows" does not exist`. */
  | { readonly kind: 'error'; readonly message: string }
  /** `down`: nobody listens. `starting`: it takes no connections yet. `refused`: it does not let us in. */
  | { readonly kind: 'node-not-running'; readonly state: NodeState }
  | { readonly kind: 'silence'; readonly how: 'down' | 'starting' | 'refused' | 'other'; readonly text: string };

export interface AskOptions {
  /** For a question that takes its time: nobody else's waits for it. */
  readonly alone?: boolean;
  /** Of the answer, for one that is longer than a look's answers are. With `alone`: it has a psql for itself. */
  readonly maxBytes?: number;
}

// psql reads the password from its environment only; it comes in on standard input, before the statements, so that it is
// in no argument list.
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
  { alone = false, maxBytes }: AskOptions = {},
): Promise<Observed<PostgresAnswer<readonly Row[]>>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ kind: 'node-not-running', state });
  const statement = `select coalesce(json_agg(row_to_json(answer)), '[]') from (${sql}) as answer`;
  const ask = (host: string): Promise<Observed<CommandResult>> =>
    alone ? putAlone(reach, node, host, statement, maxBytes) : togetherOf(reach, node, host)(statement);
  // Over TCP when the socket is elsewhere, or lets postgres in under no other name.
  let answer = await ask(socketDirectory);
  if (answer.kind === 'seen' && trySomewhereElse(answer.value)) {
    const other = await ask(node.address);
    if (other.kind === 'seen' && other.value.exitStatus !== 2) answer = other;
  }
  return answer.kind === 'unseen' ? answer : seen(readPostgresAnswer(answer.value, row));
}

type Ask = (statement: string) => Promise<Observed<CommandResult>>;

/** What gathers the questions of one look, by node and host. */
const gathering = new WeakMap<Reach, Map<string, Ask>>();

/** A psql, its way into the node and the backend behind it are dear: the questions of a look share them. */
function togetherOf(reach: Reach, node: NodeDefinition, host: string): Ask {
  const ofLook = gathering.get(reach) ?? new Map<string, Ask>();
  gathering.set(reach, ofLook);
  const place = `${node.name} ${host}`;
  const ask =
    ofLook.get(place) ??
    askTogether({ put: (statements) => putAll(reach, node, host, statements), isSameForAll: hasNoWayIn });
  ofLook.set(place, ask);
  return ask;
}

async function putAll(
  reach: Reach,
  node: NodeDefinition,
  host: string,
  statements: readonly string[],
): Promise<readonly Observed<CommandResult>[]> {
  const looked = await runPsql(reach, node, host, statements);
  if (looked.kind === 'unseen' && statements.length === 1) return [looked];
  const answers = looked.kind === 'unseen' ? [] : readPsqlScript(statements, looked.value);
  // One that waits for a lock does not keep the others from their answers.
  return Promise.all(
    statements.map(async (statement, index) => {
      const answer = answers[index] ?? null;
      return answer === null ? await putAlone(reach, node, host, statement) : seen(answer);
    }),
  );
}

async function putAlone(
  reach: Reach,
  node: NodeDefinition,
  host: string,
  statement: string,
  maxBytes?: number,
): Promise<Observed<CommandResult>> {
  const looked = await runPsql(reach, node, host, [statement], maxBytes);
  if (looked.kind === 'unseen') return looked;
  const [answer] = readPsqlScript([statement], looked.value);
  return seen(answer ?? looked.value);
}

function runPsql(
  reach: Reach,
  node: NodeDefinition,
  host: string,
  statements: readonly string[],
  maxBytes?: number,
): Promise<Observed<CommandResult>> {
  const { workshop, edition } = reach;
  const place = ['-h', host, '-p', postgresqlPort(workshop), '-d', 'postgres'];
  const psql = [psqlProgram(edition), '-XAtq', '-U', superuserName(workshop), ...place];
  const input = `${workshop.values['superuser_password'] ?? ''}\n${psqlScript(statements)}`;
  return lookInNode(reach, node.name, [...asUser('postgres'), 'sh', '-c', script, ...psql], {
    input,
    ...(maxBytes !== undefined && { maxBytes }),
  });
}

function hasNoWayIn(answer: Observed<CommandResult>): boolean {
  return answer.kind === 'seen' && answer.value.exitStatus === 2;
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
