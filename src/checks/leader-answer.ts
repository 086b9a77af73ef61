import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type PostgresAnswer } from '../probes/postgres.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { type CheckSetting } from './kind.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPostgres } from './silent-postgres.ts';

/** What the leader's PostgreSQL was asked, for checks about the whole cluster. */
export interface LeaderAnswer<T> {
  /** null: there is none. */
  readonly leader: NodeDefinition | null;
  readonly answer: PostgresAnswer<T> | null;
  /** Looked for only when there is no answer. */
  readonly troubles: readonly PatroniTrouble[];
}

export async function askLeader<T>(
  reach: Reach,
  setting: CheckSetting,
  ask: (leader: NodeDefinition) => Promise<Observed<PostgresAnswer<T>>>,
): Promise<Observed<LeaderAnswer<T>>> {
  const leader = await leaderNode(reach);
  if (leader.kind === 'unseen') return leader;
  const asked = leader.value === null ? null : await ask(leader.value);
  if (asked?.kind === 'unseen') return asked;
  const answer = asked?.value ?? null;
  if (answer?.kind === 'answer') return seen({ leader: leader.value, answer, troubles: [] });
  const troubles = await lookForPatroniTroubles(
    reach,
    setting.nodes.filter(({ member }) => member !== undefined),
  );
  return troubles.kind === 'unseen' ? troubles : seen({ leader: leader.value, answer, troubles: troubles.value });
}

/** The node of the member that leads; null when there is none, or nobody to ask. */
export async function leaderNode(reach: Reach): Promise<Observed<NodeDefinition | null>> {
  const cluster = await observePatroniCluster(reach);
  if (cluster.kind === 'unseen') return cluster;
  const name = cluster.value?.members.find(({ role }) => role === 'leader')?.node;
  return seen(reach.workshop.nodes.find((node) => node.name === name) ?? null);
}

/** Judges the answer, or says why there is none. */
export function judgeLeader<T>(
  { leader, answer, troubles }: LeaderAnswer<T>,
  setting: CheckSetting,
  expected: Words,
  judge: (value: T, leader: NodeDefinition) => Judgement,
): Judgement {
  if (leader !== null && answer?.kind === 'answer') return judge(answer.value, leader);
  const none = words('there is no leader', "il n'y a pas de leader");
  const seen = leader === null || answer === null || answer.kind === 'answer' ? none : silentPostgres(answer, leader);
  return { verdict: 'fail', expected, seen, ...clusterTroubleWords(troubles, setting) };
}
