import { type Target } from '../model/target.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { observePatroniCluster } from './patroni.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/**
 * The nodes that a target means now. Replicas are all the others that are to be one, also those that don't run: a check
 * can then say why. Nobody leads: there is no leader and no replica. `soFar`: the nodes up to the chapter that asks, since
 * a node of a later one may be there already and is no replica yet; anybody of the workshop may lead.
 */
export async function resolveTarget(
  reach: Reach,
  target: Target,
  soFar: readonly NodeDefinition[],
): Promise<Observed<readonly NodeDefinition[]>> {
  if (target.kind === 'node') return seen(definitions(reach, [target.node]));
  if (target.kind === 'group') return seen(definitions(reach, target.nodes));
  const cluster = await observePatroniCluster(reach);
  if (cluster.kind === 'unseen') return cluster;
  const leader = cluster.value?.members.find(({ role }) => role === 'leader')?.node ?? null;
  if (leader === null) return seen([]);
  if (target.role === 'leader') return seen(definitions(reach, [leader]));
  const existing = soFar.filter(
    ({ name, member }) => member !== undefined && (reach.observation.nodes.get(name) ?? 'absent') !== 'absent',
  );
  return seen(existing.filter(({ name }) => name !== leader));
}

function definitions(reach: Reach, names: readonly string[]): readonly NodeDefinition[] {
  return reach.workshop.nodes.filter(({ name }) => names.includes(name));
}
