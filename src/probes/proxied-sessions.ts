// Sessions of PostgreSQL through a proxy, as a client on the proxy's node has them.

import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { lookInNode } from './look-in-node.ts';
import { psqlProgram } from './postgres.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** Who answered one of them. */
export type ProxiedSession =
  | {
      readonly kind: 'answer';
      /** The server's own: `10.0.3.141`. */
      readonly address: string;
      readonly inRecovery: boolean;
      /** A transaction may write. */
      readonly takesWrites: boolean;
    }
  | { readonly kind: 'error'; readonly message: string };

const sql = `select host(inet_server_addr()), pg_is_in_recovery(), current_setting('transaction_read_only')`;

// The password comes in on standard input, before the statements: psql reads it from its environment only.
const script = `IFS= read -r PGPASSWORD; export PGPASSWORD PGCONNECT_TIMEOUT=3; exec "$0" "$@" 2>&1`;

/** Ten sessions on a machine that is very busy took more than ten seconds. */
const patienceSeconds = 35;

/** A number of sessions, one after the other, to a port of the node's own address. */
export async function proxiedSessions(
  reach: Reach,
  node: NodeDefinition,
  port: number,
  count: number,
): Promise<Observed<readonly ProxiedSession[]>> {
  const { superuser_name: user = 'postgres', superuser_password: password = '' } = reach.workshop.values;
  const where = `host=${node.address} port=${String(port)} user=${user} dbname=postgres`;
  const shell = ['sh', '-c', script, psqlProgram(reach.edition), '-XAtq', '-F', ' ', where];
  const sessions: ProxiedSession[] = [];
  // One psql connects anew for each session, as long as that works; when it does not, the next psql goes on.
  while (sessions.length < count) {
    const left = count - sessions.length;
    const input = `${password}\n${Array<string>(left).fill(`${sql};\n`).join('\\connect\n')}`;
    const looked = await lookInNode(reach, node.name, shell, { input, timeoutSeconds: patienceSeconds });
    if (looked.kind === 'unseen') return looked;
    sessions.push(...parseProxiedSessions(looked.value.stdout, left));
  }
  return seen(sessions);
}

/** What one psql said: a line for each session, and something else about the first of `wanted` that it did not get. */
export function parseProxiedSessions(output: string, wanted: number): readonly ProxiedSession[] {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const answers: ProxiedSession[] = [];
  const others: string[] = [];
  for (const line of lines) {
    const [, address, recovery, readOnly] = /^(\S+) ([tf]) (on|off)$/.exec(line) ?? [];
    if (address === undefined) others.push(line);
    else answers.push({ kind: 'answer', address, inRecovery: recovery === 't', takesWrites: readOnly === 'off' });
  }
  return answers.length >= wanted ? answers : [...answers, { kind: 'error', message: others.join(' ') }];
}

/** What a person would type for the same. */
export function proxiedCommand({ values }: Workshop, host: string, port: number): string {
  const user = values['superuser_name'] ?? 'postgres';
  return `psql -h ${host} -p ${String(port)} -U ${user} -d postgres -c "select inet_server_addr(), pg_is_in_recovery()"`;
}
