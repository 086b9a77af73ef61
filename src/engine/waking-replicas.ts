import { type NodeName } from '../model/ids.ts';
import { succeeded } from '../model/command.ts';
import { waitUntil } from '../model/wait-until.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type LabSession } from './session.ts';

/** Seconds after which a replica that does not stream has another reason than its own pause. */
const wakingSeconds = 30;

/**
 * Nodes that start together: a replica whose leader did not listen yet sleeps for `wal_retrieve_retry_interval`, five
 * seconds, before it tries again. Reading its configuration again wakes it. Until `work` has ended those that are
 * replicas are woken until they stream; whoever isn't one, or does not run, is left alone.
 */
export async function wakingReplicas<T>(
  session: LabSession,
  started: readonly NodeName[],
  work: () => Promise<T>,
): Promise<T> {
  const members = session.workshop.nodes.filter((node) => node.member !== undefined && started.includes(node.name));
  const end = new AbortController();
  const awake = Promise.all(members.map((node) => wake(session, node, AbortSignal.any([session.signal, end.signal]))));
  try {
    return await work();
  } finally {
    end.abort();
    await awake;
  }
}

async function wake(session: LabSession, node: NodeDefinition, signal: AbortSignal): Promise<void> {
  const sql = `select case when not pg_is_in_recovery() then 'leads'
    when exists (select from pg_stat_wal_receiver where status = 'streaming') then 'streams'
    else 'woken ' || pg_reload_conf() end`;
  const psql = ['psql', '-XAtq', '-h', '/var/run/postgresql'];
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = session.workshop.values;
  const argv = ['runuser', '-u', 'postgres', '--', ...psql, '-p', port, '-U', user, '-d', 'postgres', '-c', sql];
  await waitUntil(
    async () => {
      const answer = await session.provider.exec(node.name, argv, { timeoutSeconds: 5, signal });
      return succeeded(answer) && answer.stdout.trim() !== 'woken true';
    },
    { withinSeconds: wakingSeconds, signal },
  );
}
