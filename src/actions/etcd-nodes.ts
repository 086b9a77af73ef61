import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { etcdStatus } from '../probes/etcd-status.ts';
import { type ActionContext } from './kind.ts';

export function etcdNodes({ workshop }: ActionContext): readonly NodeDefinition[] {
  return workshop.nodes.filter(({ name }) => workshop.groups['etcd']?.includes(name));
}

/** Thaws and starts etcd's nodes; comes back once every member follows the same leader, which it returns. */
export async function bringEtcdBack(context: ActionContext): Promise<NodeDefinition> {
  const nodes = etcdNodes(context);
  await settleAll(
    nodes.map(async ({ name }) => {
      await context.startNode(name);
      await context.exec(name, ['systemctl', 'start', '--no-block', 'etcd']);
    }),
  );
  const found: { leader?: NodeDefinition } = {};
  await context.waitFor(
    words('all members of etcd follow one leader', "tous les membres d'etcd suivent un même leader"),
    60,
    async () => {
      const leaders = await leadersSeen(context, nodes);
      const [leader] = leaders;
      if (leader !== undefined && leader !== null && leaders.every((one) => one === leader)) found.leader = leader;
      return found.leader !== undefined;
    },
  );
  if (found.leader === undefined) throw new Error("waited for etcd's leader and came back without one");
  return found.leader;
}

/** Whom each of the nodes sees leading; null: nobody, or no answer. */
export async function leadersSeen(
  context: ActionContext,
  nodes: readonly NodeDefinition[],
): Promise<readonly (NodeDefinition | null)[]> {
  const reach = await context.look();
  const all = etcdNodes(context);
  const told = await settleAll(all.map(async (node) => ({ node, status: await etcdStatus(reach, node) })));
  const statuses = told.flatMap(({ node, status }) =>
    status.kind === 'seen' && status.value.kind === 'answer' ? [{ node, ...status.value.value }] : [],
  );
  return nodes.map(({ name }) => {
    const leaderId = statuses.find(({ node }) => node.name === name)?.leaderId ?? null;
    return statuses.find(({ memberId }) => memberId === leaderId)?.node ?? null;
  });
}
