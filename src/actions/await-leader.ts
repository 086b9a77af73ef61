import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type ActionContext } from './kind.ts';

/** The node whose Patroni leads and whose PostgreSQL runs; waits for one. */
export async function awaitLeader(context: ActionContext): Promise<NodeName> {
  const found: { leader?: NodeName } = {};
  await context.waitFor(words('the cluster has a leader', 'le cluster a un leader'), 60, async () => {
    const cluster = await observePatroniCluster(await context.look());
    const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
    const leader = members.find((member) => member.role === 'leader' && member.state === 'running')?.node;
    if (leader !== undefined && leader !== null) found.leader = leader;
    return found.leader !== undefined;
  });
  if (found.leader === undefined) throw new Error('waited for a leader and came back without one');
  return found.leader;
}
