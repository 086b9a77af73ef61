import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { etcdPage } from '../probes/etcd.ts';
import { etcdMembers } from '../probes/etcd-members.ts';
import { type ActionContext, defineAction } from './kind.ts';

/**
 * Begins to stop etcd and comes back once the others have lost sight of the member: etcd then still waits a second for
 * its peers' connections to end, which nobody needs to wait for. Not before: a leader that stops next hands over to the
 * member that it has been connected with longest, and would wait for one that is going.
 */
export const stopEtcdMember = defineAction({
  name: 'stop-etcd-member',
  drill: true,
  schema: z.strictObject({}),
  run: async (context) => {
    for (const node of context.nodes) await stop(context, node);
  },
});

async function stop(context: ActionContext, node: NodeDefinition): Promise<void> {
  const membership = await etcdMembers(await context.look(), node);
  const id = membership.kind === 'seen' && membership.value.kind === 'answer' ? membership.value.value.memberId : null;
  await context.exec(node.name, ['systemctl', 'stop', '--no-block', 'etcd']);
  if (id === null) return;
  const others = context.workshop.nodes.filter(
    (other) => other.name !== node.name && context.workshop.groups['etcd']?.includes(other.name),
  );
  await context.waitFor(
    words(`the other members no longer see ${node.name}`, `les autres membres ne voient plus ${node.name}`),
    15,
    async () => (await settleAll(others.map((other) => sees(context, other, id)))).every((seen) => !seen),
  );
}

async function sees(context: ActionContext, node: NodeDefinition, id: string): Promise<boolean> {
  const looked = await etcdPage(await context.look(), node, '/metrics');
  if (looked.kind === 'unseen' || !succeeded(looked.value)) return false;
  return new RegExp(`^etcd_network_active_peers\\{.*Remote="${id}"\\} 1`, 'm').test(looked.value.stdout);
}
