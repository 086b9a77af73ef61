import { type PatroniMember } from '../model/lab-status.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { memberOn } from '../probes/patroni-member.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type Reach } from '../probes/reach.ts';

/** The members as etcd has them, and what their leader itself says of them. */
export interface Streaming {
  readonly leader: NodeDefinition;
  readonly members: readonly PatroniMember[];
  /** Names of the members that the leader sends WAL to. */
  readonly streamsTo: readonly string[];
}

/** Null while there is no leader that answers. Two questions: enough to ask again and again. */
export async function observeStreaming(reach: Reach): Promise<Streaming | null> {
  const cluster = await observePatroniCluster(reach);
  const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
  const leads = members.find(({ role }) => role === 'leader');
  const leader = reach.workshop.nodes.find(({ name }) => name === leads?.node);
  const self = leader === undefined ? null : await memberOn(reach, leader);
  if (leader === undefined || self?.kind !== 'seen' || self.value.kind !== 'answer') return null;
  return { leader, members, streamsTo: self.value.value.streamsTo };
}
