import * as z from 'zod';
import { type PatroniMember, type PatroniStatus } from '../model/lab-status.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { memberOn } from './patroni-member.ts';
import { askPatroni, leadingRoles, type PatroniAnswer } from './patroni-rest.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** `/cluster` as one member tells it. */
export interface ToldCluster {
  /** From Patroni 3.1 on. */
  readonly scope: string | null;
  readonly leader: string | null;
  /** `patronictl pause`: Patroni watches and changes nothing. */
  readonly paused: boolean;
  readonly members: readonly PatroniMember[];
}

/** The nodes that may run Patroni. */
export function patroniNodes(workshop: Workshop): readonly NodeDefinition[] {
  return workshop.nodes.filter((node) => node.member !== undefined);
}

/** The cluster as this node's Patroni sees it in etcd. */
export function toldCluster(reach: Reach, node: NodeDefinition): Promise<Observed<PatroniAnswer<ToldCluster>>> {
  return askPatroni(reach, node, '/cluster', clusterSchema(reach.workshop));
}

/**
 * The cluster as whoever answers sees it; null when no Patroni answers. Those who know a leader are believed first. A
 * leader that itself says otherwise is none: without etcd, etcd's last word is repeated for ever.
 */
export async function observePatroniCluster(reach: Reach): Promise<Observed<PatroniStatus | null>> {
  const told = await Promise.all(patroniNodes(reach.workshop).map((node) => toldCluster(reach, node)));
  const unseen = told.find((one) => one.kind === 'unseen');
  const answers = told.flatMap((one) => (one.kind === 'seen' && one.value.kind === 'answer' ? [one.value.value] : []));
  const best = answers.find((answer) => answer.leader !== null) ?? answers[0];
  if (best === undefined) return unseen ?? seen(null);
  const scope = best.scope ?? reach.workshop.values['patroni_scope'] ?? '';
  const leader = best.members.find(({ role }) => role === 'leader');
  const node = reach.workshop.nodes.find(({ name }) => name === leader?.node);
  const self = node === undefined ? null : await memberOn(reach, node);
  const gaveUp = self?.kind === 'seen' && self.value.kind === 'answer' && !self.value.value.leads;
  if (!gaveUp) return seen({ scope, leader: best.leader, members: best.members });
  return seen({
    scope,
    leader: null,
    members: best.members.map((member) => (member === leader ? { ...member, role: 'replica' } : member)),
  });
}

// A lag is a number of bytes or `unknown`.
const memberSchema = z.object({
  name: z.string(),
  role: z.string(),
  state: z.string(),
  host: z.string().optional(),
  timeline: z.int().optional(),
  lag: z.union([z.number(), z.string()]).optional(),
});

const bytesPerMb = 1024 * 1024;

function clusterSchema(workshop: Workshop): z.ZodType<ToldCluster> {
  return z
    .object({ scope: z.string().optional(), pause: z.boolean().optional(), members: z.array(memberSchema) })
    .transform(({ scope, pause, members }) => ({
      scope: scope ?? null,
      leader: members.find(({ role }) => leadingRoles.includes(role))?.name ?? null,
      paused: pause ?? false,
      members: members.map((member) => toMember(member, workshop)),
    }));
}

function toMember(
  { name, role, state, host, timeline, lag }: z.infer<typeof memberSchema>,
  { nodes }: Workshop,
): PatroniMember {
  const leads = leadingRoles.includes(role);
  return {
    name,
    node: (nodes.find((node) => node.member === name) ?? nodes.find((node) => node.address === host))?.name ?? null,
    role: leads ? 'leader' : role.includes('sync') || role.includes('quorum') ? 'sync_standby' : 'replica',
    state,
    timeline: timeline ?? null,
    lagMb: leads || typeof lag !== 'number' ? null : lag / bytesPerMb,
  };
}
