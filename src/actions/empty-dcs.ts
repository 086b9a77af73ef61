import * as z from 'zod';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { dcsContent, dcsPrefix } from '../probes/dcs.ts';
import { bringMembersBack, reviveInTheEnd, type WholeCluster } from './bring-members-back.ts';
import { bringEtcdBack } from './etcd-nodes.ts';
import { etcdctl } from './etcdctl.ts';
import { type ActionContext, defineAction } from './kind.ts';

/** Deletes all of Patroni's keys, with Patroni at work or stopped on every node, and waits for the cluster to return. */
export const emptyDcs = defineAction({
  name: 'empty-dcs',
  drill: true,
  removes: ['keys'],
  schema: z.strictObject({ patroni: z.enum(['running', 'stopped']) }),
  run: async (context, { patroni }) => {
    await bringEtcdBack(context);
    const cluster = await bringMembersBack(context);
    // The leader first, as in startAll: whoever finds etcd empty leads with what it has.
    const back = [reviveInTheEnd(context, cluster.replicas), reviveInTheEnd(context, [cluster.leader])];
    if (patroni === 'stopped') await stopAll(context, cluster);
    await deleteKeys(context);
    if (patroni === 'stopped') await startAll(context, cluster);
    for (const one of back) one.forget();
    await leads(context, cluster);
    await bringMembersBack(context);
  },
});

/** The leader last, so that the replicas have all that it wrote. */
async function stopAll(context: ActionContext, { leader, replicas }: WholeCluster): Promise<void> {
  await settleAll(replicas.map(({ name }) => context.exec(name, ['systemctl', 'stop', 'patroni'])));
  await context.exec(leader.name, ['systemctl', 'stop', 'patroni']);
}

/** The last leader first: whoever finds etcd empty makes itself the leader with the data that it has. */
async function startAll(context: ActionContext, cluster: WholeCluster): Promise<void> {
  await context.exec(cluster.leader.name, ['systemctl', 'start', 'patroni']);
  await leads(context, cluster);
  await settleAll(cluster.replicas.map(({ name }) => context.exec(name, ['systemctl', 'start', 'patroni'])));
}

async function deleteKeys(context: ActionContext): Promise<void> {
  const leader = await bringEtcdBack(context);
  await etcdctl(context, leader.name, ['del', '--prefix', dcsPrefix(context.workshop)]);
}

async function leads(context: ActionContext, { leader }: WholeCluster): Promise<void> {
  await context.waitFor(
    words(
      `${leader.member ?? ''} is in etcd as the leader again`,
      `${leader.member ?? ''} est de nouveau dans etcd comme leader`,
    ),
    60,
    async () => {
      const content = await dcsContent(await context.look());
      return content.kind === 'seen' && typeof content.value?.initialize === 'string' && content.value.leader !== null;
    },
  );
}
