import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type ProxiedServer, takesSessions } from '../probes/haproxy-statistics.ts';
import { awaitProxies, awaitServers } from './await-proxies.ts';
import { bringMembersBack, reviveInTheEnd } from './bring-members-back.ts';
import { defineAction } from './kind.ts';
import { awaitLedger, withProxyClient } from './proxy-client.ts';
import { proxyHealth } from './proxy-health.ts';
import { downBound } from './proxy-outage-bound.ts';
import { psqlInNode } from './psql-in-node.ts';

/** Some 20 MB of WAL and no row: what is rolled back is written to the WAL all the same. */
const wal = `begin;
create table proxy_wal as select n, repeat(md5(n::text), 32) as filler from generate_series(1, 20000) as n;
rollback;
`;

const schema = z.strictObject({ folder: z.string().startsWith('/') });

/** Stops a replica while clients read through its node's proxy, lets it miss something, and starts it again. */
export const rotateReplica = defineAction({
  name: 'rotate-replica',
  drill: true,
  schema,
  run: async (context, { folder }) => {
    const { leader, replicas } = await bringMembersBack(context);
    await awaitProxies(context, leader, replicas);
    const [replica, other] = replicas;
    if (replica === undefined || other === undefined) throw noReplicas();
    const { name, member = name, address } = replica;
    const out = downBound(await proxyHealth(context, replica));
    const found: { startedAt?: number } = {};
    const ledger = await withProxyClient(context, name, folder, async () => {
      const started = reviveInTheEnd(context, [replica]);
      const stoppedAt = Date.now();
      await context.exec(name, ['systemctl', 'stop', 'patroni']);
      await awaitServers(context, (servers) => !inRotation(servers, member));
      const gone = words(
        `${member} stopped, and out of every proxy's rotation`,
        `${member} arrêté, et sorti de la rotation de chaque proxy`,
      );
      context.measured(gone, (Date.now() - stoppedAt) / 1000, null);
      await psqlInNode(context, leader.name, wal);
      const from = Date.now() / 1000;
      await awaitLedger(
        context,
        name,
        folder,
        2 * out,
        ({ reads }) => reads.filter(({ at, server }) => at > from && server !== null).length > 8,
      );
      found.startedAt = Date.now() / 1000;
      await context.exec(name, ['systemctl', 'start', 'patroni']);
      started.forget();
      await awaitLedger(context, name, folder, 120, ({ reads }) =>
        reads.some(({ at, server }) => at > from && server === address),
      );
    });
    const { startedAt = 0 } = found;
    const back = ledger.reads.find(({ at, server }) => at > startedAt && server === address);
    if (back !== undefined)
      context.measured(
        words(`${member} started, and read from again`, `${member} démarré, et lu de nouveau`),
        back.at - startedAt,
        null,
      );
    const whole = await bringMembersBack(context);
    await awaitProxies(context, whole.leader, whole.replicas);
  },
});

function inRotation(servers: readonly ProxiedServer[], member: string): boolean {
  return servers.some((server) => server.backend === 'replicas' && server.server === member && takesSessions(server));
}

function noReplicas(): LabError {
  const none = words(
    'Two replicas are needed: chapter 5 brings the second.',
    'Il faut deux réplicas : le chapitre 5 amène le second.',
  );
  return new LabError('no-replicas', none, { exit: exitStatus.failed });
}
