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

// One psql connects anew for each session, as long as that works; what it says when it does not is one line, and the next
// psql goes on. The password comes in on standard input: psql reads it from its environment only.
const script = String.raw`IFS= read -r PGPASSWORD; export PGPASSWORD PGCONNECT_TIMEOUT=3
left=$1; answer='^[^ ]+ [tf] (on|off)$'
while [ "$left" -gt 0 ]; do
  said=$({ echo "$3;"; for n in $(seq 2 "$left"); do printf '\\connect\n%s;\n' "$3"; done; } | "$0" -XAtq -F ' ' "$2" 2>&1)
  echo "$said" | grep -E "$answer"
  left=$((left - $(echo "$said" | grep -cE "$answer")))
  if [ "$left" -gt 0 ]; then echo "$said" | grep -vE "$answer" | tr '\n' ' '; echo; left=$((left - 1)); fi
done`;

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
  const shell = ['sh', '-c', script, psqlProgram(reach.edition), String(count), where, sql];
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
