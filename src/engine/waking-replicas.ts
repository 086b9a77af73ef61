import { type NodeName } from '../model/ids.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { psqlProgram, socketDirectory } from '../probes/postgres.ts';
import { type LabSession } from './session.ts';

/** Seconds after which a replica that does not stream has another reason than its own pause. */
const wakingSeconds = 30;

/**
 * Nodes that start together: a replica whose leader did not listen yet sleeps for `wal_retrieve_retry_interval`, five
 * seconds, before it tries again. Reading its configuration again wakes it. While `work` goes on, those that are
 * replicas are woken until they stream; `awake` comes back when all of them do, or have another reason not to.
 */
export async function wakingReplicas<T>(
  session: LabSession,
  started: ReadonlyMap<NodeName, Promise<unknown>>,
  work: (awake: Promise<unknown>) => Promise<T>,
): Promise<T> {
  const members = session.workshop.nodes.filter((node) => node.member !== undefined && started.has(node.name));
  const end = new AbortController();
  const signal = AbortSignal.any([session.signal, end.signal]);
  const whenStarted = async (node: NodeDefinition): Promise<void> => {
    await started.get(node.name);
    await wake(session, node, signal);
  };
  // A node that fails is reported where it was started.
  const awake = Promise.allSettled(members.map(whenStarted));
  try {
    return await work(awake);
  } finally {
    end.abort();
    await awake;
  }
}

// The loops are in the node and start no program while they wait: what comes up there needs the processor. `read` waits
// for a pipe in which nobody writes.
const script = `exec 3<> <(:)
until [ -S "$0" ] && "$@" 2>/dev/null; do read -rt 0.2 -u 3; done`;

// Should lab be killed, PostgreSQL would go on with it.
const sql = `do $$
declare enough timestamptz := clock_timestamp() + interval '${String(wakingSeconds)} s';
begin
  while pg_is_in_recovery() and clock_timestamp() < enough
    and not exists (select from pg_stat_wal_receiver where status = 'streaming')
  loop perform pg_reload_conf(); perform pg_sleep(0.2); end loop;
end $$`;

/** Whether it came to that is for the checks to say. */
async function wake(
  { provider, workshop, edition }: LabSession,
  node: NodeDefinition,
  signal: AbortSignal,
): Promise<void> {
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = workshop.values;
  const psql = [
    psqlProgram(edition),
    '-XAtq',
    '-h',
    socketDirectory,
    '-p',
    port,
    '-U',
    user,
    '-d',
    'postgres',
    '-c',
    sql,
  ];
  const argv = [
    'runuser',
    '-u',
    'postgres',
    '--',
    'bash',
    '-c',
    script,
    `${socketDirectory}/.s.PGSQL.${port}`,
    ...psql,
  ];
  await provider.exec(node.name, argv, { timeoutSeconds: wakingSeconds, signal });
}
