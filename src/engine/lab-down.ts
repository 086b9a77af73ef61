// lab down and lab destroy.

import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { announced } from './announced.ts';
import { type LabSession, look } from './session.ts';

/**
 * Stops the nodes and keeps everything. Those that came last stop first, the Patroni leader after its replicas (no
 * failover on the way), etcd at the end (Patroni gives its leader key back).
 */
export async function labDown(session: LabSession): Promise<void> {
  const reach = await look(session);
  const up = session.workshop.nodes.filter((node) => (reach.observation.nodes.get(node.name) ?? 'absent') !== 'absent');
  const leader = await leaderNode(session);
  const members = up.filter((node) => node.member !== undefined).map((node) => node.name);
  const others = up.filter((node) => node.member === undefined).map((node) => node.name);
  const waves = [members.filter((name) => name !== leader), members.filter((name) => name === leader), others];
  for (const wave of waves) {
    session.signal.throwIfAborted();
    await settleAll(wave.map((name) => stopNode(session, name)));
  }
}

/** Removes nodes and network; what other labs share (images, pool) stays. */
export async function labDestroy(session: LabSession): Promise<void> {
  const { nodes } = await session.provider.observe();
  const there = [...nodes].filter(([, state]) => state !== 'absent').map(([name]) => name);
  const remove = (name: NodeName): Promise<void> =>
    announced(
      session,
      { item: `node ${name}`, part: { kind: 'node', node: name }, title: words(`Node ${name}`, `Nœud ${name}`) },
      () => session.provider.destroyNode(name),
    );
  await settleAll(there.map(remove));
  await announced(
    session,
    { item: 'network', part: { kind: 'network' }, title: words('The network', 'Le réseau') },
    () => session.provider.destroyNetwork(),
  );
}

export function stopNode(session: LabSession, name: NodeName): Promise<void> {
  return announced(
    session,
    { item: `node ${name}`, part: { kind: 'node', node: name }, title: words(`Node ${name}`, `Nœud ${name}`) },
    () => session.provider.stopNode(name, 'clean'),
  );
}

async function leaderNode(session: LabSession): Promise<NodeName | null> {
  const reach = await look(session);
  if (reach.observation.network !== 'present') return null;
  const cluster = await observePatroniCluster(reach);
  if (cluster.kind === 'unseen' || cluster.value === null) return null;
  const { leader, members } = cluster.value;
  return members.find((member) => member.name === leader)?.node ?? null;
}
