import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { advertisedPeerUrl } from './advertised-peer-url.ts';
import { bringEtcdBack, etcdNodes } from './etcd-nodes.ts';
import { attemptEtcdctl, etcdctl } from './etcdctl.ts';
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
  // Also a member that was stopped half way through this: whatever the others know of it goes.
  const [helper] = etcdNodes(context).filter(({ name }) => name !== node.name);
  if (helper === undefined) throw new Error('no member left to ask');
  await settleAll(etcdNodes(context).map(({ name }) => context.startNode(name)));
  await context.exec(node.name, ['sh', '-c', loseDisk]);
  const peerUrl = await advertisedPeerUrl(context, node.name);
  for (const { id } of await listed(context, helper, peerUrl))
    await etcdctl(context, helper.name, ['member', 'remove', id]);
  const add = ['member', 'add', node.name, '--learner', `--peer-urls=${peerUrl}`];
  // Refused while the members that are left have not been connected with each other for some seconds.
  await context.waitFor(words(`etcd takes ${node.name} in again`, `etcd reprend ${node.name}`), 30, async () =>
    succeeded(await attemptEtcdctl(context, helper.name, add)),
  );
  await context.exec(node.name, ['systemctl', 'start', 'etcd']);
  // Refused until the learner has what the leader has.
  await context.waitFor(
    words(`${node.name} has caught up and gets a vote`, `${node.name} a rattrapé les autres et obtient une voix`),
    60,
    async () => {
      const waiting = (await listed(context, helper, peerUrl)).filter(({ learner }) => learner);
      for (const { id } of waiting) await attemptEtcdctl(context, helper.name, ['member', 'promote', id]);
      return waiting.length === 0;
    },
  );
  await bringEtcdBack(context);
}

/** `ID, status, name, peers, clients, learner`: what etcdctl prints without a format. */
async function listed(context: ActionContext, helper: NodeDefinition, peerUrl: string) {
  const list = await etcdctl(context, helper.name, ['member', 'list']);
  return list.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(', '))
    .flatMap(([id = '', , , peers = '', , learner = '']) =>
      peers === peerUrl ? [{ id, learner: learner === 'true' }] : [],
    );
}
