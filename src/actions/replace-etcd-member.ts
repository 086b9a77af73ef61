import * as z from 'zod';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { addEtcdMember, etcdMembersAt } from './add-etcd-member.ts';
import { advertisedPeerUrl } from './advertised-peer-url.ts';
import { bringEtcdBack, etcdNodes } from './etcd-nodes.ts';
import { attemptEtcdctl } from './etcdctl.ts';
import { type ActionContext, defineAction } from './kind.ts';

/**
 * The member's disk is lost: its data goes. It is removed, added as a learner, started with the state `existing`, and
 * promoted once it has caught up. Rule: etcd's operations guide, runtime reconfiguration.
 */
export const replaceEtcdMember = defineAction({
  name: 'replace-etcd-member',
  schema: z.strictObject({}),
  run: async (context) => {
    for (const node of context.nodes) await replace(context, node);
  },
});

const loseDisk = `systemctl stop etcd
rm -rf /var/lib/etcd/default
sed -i 's/^ETCD_INITIAL_CLUSTER_STATE=.*/ETCD_INITIAL_CLUSTER_STATE=existing/' /etc/default/etcd`;

async function replace(context: ActionContext, node: NodeDefinition): Promise<void> {
  const others = etcdNodes(context).flatMap(({ name }) => (name === node.name ? [] : [name]));
  const [helper] = others;
  if (helper === undefined) throw new Error('no member left to ask');
  await settleAll(etcdNodes(context).map(({ name }) => context.startNode(name)));
  await context.exec(node.name, ['sh', '-c', loseDisk]);
  // Also a member that was stopped half way through this: whatever the others know of it goes.
  await addEtcdMember(context, { node: node.name, others, learner: true });
  await context.exec(node.name, ['systemctl', 'start', 'etcd']);
  const peerUrl = await advertisedPeerUrl(context, node.name);
  // Refused until the learner has what the leader has.
  await context.waitFor(
    words(`${node.name} has caught up and gets a vote`, `${node.name} a rattrapé les autres et obtient une voix`),
    60,
    async () => {
      const waiting = (await etcdMembersAt(context, helper, peerUrl)).filter(({ learner }) => learner);
      for (const { id } of waiting) await attemptEtcdctl(context, helper, ['member', 'promote', id]);
      return waiting.length === 0;
    },
  );
  await bringEtcdBack(context);
}
