import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { memberOn } from '../probes/patroni-member.ts';
import { type Reach } from '../probes/reach.ts';
import { type ActionContext } from './kind.ts';

/** The node whose Patroni leads and whose PostgreSQL runs; waits for one. */
export async function awaitLeader(context: ActionContext): Promise<NodeName> {
  const found: { leader?: NodeName } = {};
  await context.waitFor(words('the cluster has a leader', 'le cluster a un leader'), 60, async () => {
    const reach = await context.look();
    const cluster = await observePatroniCluster(reach);
    const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
    const leader = members.find((member) => member.role === 'leader' && member.state === 'running')?.node;
    const node = context.workshop.nodes.find(({ name }) => name === leader);
    if (node !== undefined && (await leads(reach, node))) found.leader = node.name;
    return found.leader !== undefined;
  });
  if (found.leader === undefined) throw new Error('waited for a leader and came back without one');
  return found.leader;
}

/** Its own word: etcd remembers a leader whose node is gone for up to `ttl` seconds. */
async function leads(reach: Reach, node: NodeDefinition): Promise<boolean> {
  const self = await memberOn(reach, node);
  return self.kind === 'seen' && self.value.kind === 'answer' && self.value.value.leads;
}
