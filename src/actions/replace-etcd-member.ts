import * as z from 'zod';
import { settleAll } from '../model/settle-all.ts';
import { type NodeName } from '../model/ids.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { addEtcdMember, etcdMembersAt } from './add-etcd-member.ts';
import { advertisedPeerUrl } from './advertised-peer-url.ts';
import { clearEtcdData } from './etcd-data.ts';
import { bringEtcdBack, etcdNodes } from './etcd-nodes.ts';
import { attemptEtcdctl } from './etcdctl.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { wouldLose } from './would-lose.ts';

/**
 * The member's disk is lost: its data goes. It is removed, added as a learner, started with the state `existing`, and
 * promoted once it has caught up. Rule: etcd's operations guide, runtime reconfiguration.
 */
export const replaceEtcdMember = defineAction({
  name: 'replace-etcd-member',
  drill: true,
  removes: ['etcd data'],
  schema: z.strictObject({}),
  run: async (context) => {
    for (const node of context.nodes) await replace(context, node);
  },
});

const joinsExisting = `sed -i 's/^ETCD_INITIAL_CLUSTER_STATE=.*/ETCD_INITIAL_CLUSTER_STATE=existing/' /etc/default/etcd`;

/** A majority without it has all that the cluster agreed on: nothing of that is on its disk alone. */
async function haveAllWithoutIt(
  context: ActionContext,
  node: NodeDefinition,
  others: readonly NodeName[],
): Promise<void> {
  const quorum = Math.floor((others.length + 1) / 2) + 1;
  const agree = async (): Promise<boolean> => {
    const reach = await context.look();
    const asked = etcdNodes(context).filter(({ name }) => others.includes(name));
    const answers = await settleAll(asked.map((other) => etcdKey(reach, other, 'health', 'agreed')));
    return answers.filter((one) => one.kind === 'seen' && one.value.kind === 'answer').length >= quorum;
  };
  if (await waitUntil(agree, { withinSeconds: 30, signal: context.signal })) return;
  throw wouldLose(
    'etcd-majority-missing',
    words(
      `The other members of etcd don't agree: what ${node.name} has may be only there.`,
      `Les autres membres d'etcd ne s'accordent pas : ce que ${node.name} contient n'existe peut-être que là.`,
    ),
    words(
      'Bring them back first: "lab verify chapter-1" says what keeps them from it.',
      "Remettez-les d'abord en marche : « lab verify chapter-1 » dit ce qui les en empêche.",
    ),
  );
}

async function replace(context: ActionContext, node: NodeDefinition): Promise<void> {
  const others = etcdNodes(context).flatMap(({ name }) => (name === node.name ? [] : [name]));
  const [helper] = others;
  if (helper === undefined) throw new Error('no member left to ask');
  await settleAll(etcdNodes(context).map(({ name }) => context.startNode(name)));
  await haveAllWithoutIt(context, node, others);
  await clearEtcdData(context, node.name, false);
  await context.exec(node.name, ['sh', '-c', joinsExisting]);
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
