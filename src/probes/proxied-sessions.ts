// Sessions of PostgreSQL through a proxy, as a client on the proxy's node has them.

import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { lookInNode } from './look-in-node.ts';
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

// psql reads the password from its environment only; it comes in on standard input.
const script = `IFS= read -r PGPASSWORD; export PGPASSWORD PGCONNECT_TIMEOUT=3
for n in $(seq "$1"); do psql -XAtq -F ' ' "$2" -c "$3" 2>&1 </dev/null | tr '\\n' ' '; echo; done`;

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
  const shell = ['sh', '-c', script, 'sessions', String(count), where, sql];
  const looked = await lookInNode(reach, node.name, shell, {
    input: `${password}\n`,
    timeoutSeconds: patienceSeconds,
  });
  return looked.kind === 'unseen' ? looked : seen(parseProxiedSessions(looked.value.stdout));
}

/** A line a session. */
export function parseProxiedSessions(output: string): readonly ProxiedSession[] {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, address, recovery, readOnly] = /^(\S+) ([tf]) (on|off)$/.exec(line) ?? [];
      if (address === undefined) return { kind: 'error', message: line };
      return { kind: 'answer', address, inRecovery: recovery === 't', takesWrites: readOnly === 'off' };
    });
}

/** What a person would type for the same. */
export function proxiedCommand({ values }: Workshop, host: string, port: number): string {
  const user = values['superuser_name'] ?? 'postgres';
  return `psql -h ${host} -p ${String(port)} -U ${user} -d postgres -c "select inet_server_addr(), pg_is_in_recovery()"`;
}
