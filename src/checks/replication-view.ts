import { type NodeDefinition } from '../model/workshop.ts';
import { type PostgresAnswer } from '../probes/postgres.ts';
import { postgresState, type PostgresState } from '../probes/postgres-state.ts';
import { replicationSlots, walSenders, type ReplicationSlot, type WalSender } from '../probes/postgres-replication.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { leaderNode } from './leader-answer.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';

/** Replication between the leader and one replica, seen from both ends. */
export interface ReplicationView {
  /** null: nobody leads. The replica itself: it leads, or another Patroni says so. */
  readonly leader: NodeDefinition | null;
  readonly leaderState: PostgresAnswer<PostgresState> | null;
  readonly senders: PostgresAnswer<readonly WalSender[]> | null;
  readonly slots: PostgresAnswer<readonly ReplicationSlot[]> | null;
  readonly replicaState: PostgresAnswer<PostgresState>;
  /** Of the replica, and of the leader; null as long as nothing is wrong. */
  readonly trouble: PatroniTrouble | null;
  readonly leaderTrouble: PatroniTrouble | null;
}

/** `fine`: then nobody has to look for causes. */
export async function observeReplication(
  reach: Reach,
  replica: NodeDefinition,
  fine: (view: ReplicationView) => boolean,
): Promise<Observed<ReplicationView>> {
  const [leader, replicaState] = await Promise.all([leaderNode(reach), postgresState(reach, replica)]);
  if (leader.kind === 'unseen') return leader;
  if (replicaState.kind === 'unseen') return replicaState;
  const from = leader.value === null ? null : await observeLeaderSide(reach, leader.value);
  if (from?.kind === 'unseen') return from;
  const nothing = { leader: null, leaderState: null, senders: null, slots: null };
  const view: ReplicationView = {
    ...(from?.value ?? nothing),
    replicaState: replicaState.value,
    trouble: null,
    leaderTrouble: null,
  };
  if (fine(view)) return seen(view);
  const concerned = leader.value === null ? [replica] : [replica, leader.value];
  const troubles = await lookForPatroniTroubles(reach, concerned);
  if (troubles.kind === 'unseen') return troubles;
  const [trouble = null, leaderTrouble = null] = troubles.value;
  return seen({ ...view, trouble, leaderTrouble });
}

async function observeLeaderSide(reach: Reach, leader: NodeDefinition) {
  const [state, senders, slots] = await Promise.all([
    postgresState(reach, leader),
    walSenders(reach, leader),
    replicationSlots(reach, leader),
  ]);
  if (state.kind === 'unseen') return state;
  if (senders.kind === 'unseen') return senders;
  if (slots.kind === 'unseen') return slots;
  return seen({ leader, leaderState: state.value, senders: senders.value, slots: slots.value });
}
