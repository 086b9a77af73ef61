import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { type PostgresState } from '../probes/postgres-state.ts';
import { catchUpSeconds, leftToReplay, type WalSender } from '../probes/postgres-replication.ts';
import { seen, type Observed } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { observeReplication, type ReplicationView } from './replication-view.ts';
import { silentPostgres } from './silent-postgres.ts';
import { replayStopped } from './why-no-replay.ts';
import { whyNotStreaming } from './why-not-streaming.ts';

const schema = z.strictObject({ lag_below_mb: z.number().positive() });
type Args = z.infer<typeof schema>;

interface StreamingView extends ReplicationView {
  /** Of what the leader had written, what a replica that was behind did not come to replay, in MB; null: not asked. */
  readonly leftMb: number | null;
}

/** The replica receives the leader's WAL as its own member, of the same database, on the same timeline, and is not far behind. */
export const streamsFromLeader = defineCheck({
  name: 'streams-from-leader',
  scope: 'node',
  schema,
  withinSeconds: 60,

  async observe(reach, setting, args): Promise<Observed<StreamingView>> {
    const replica = checkedNode(setting);
    const fine = (view: ReplicationView): boolean =>
      isBehind(view, replica, args) || problem({ ...view, leftMb: null }, replica, args) === null;
    const observed = await observeReplication(reach, replica, fine);
    if (observed.kind === 'unseen') return observed;
    const view = observed.value;
    if (view.leader === null || !isBehind(view, replica, args)) return seen({ ...view, leftMb: null });
    const left = await leftToReplay(reach, view.leader, replica);
    if (left.kind === 'unseen') return left;
    if (left.value !== null) return seen({ ...view, leftMb: left.value });
    // One of the two has stopped answering meanwhile: what is wrong now is another thing.
    const again = await observeReplication(reach.anew(), replica, fine);
    return again.kind === 'unseen' ? again : seen({ ...again.value, leftMb: null });
  },

  judge(view: StreamingView, setting, args): Judgement {
    const replica = checkedNode(setting);
    const name = replica.member ?? replica.name;
    const expected = words(
      `${name} streams from the leader, less than ${args.lag_below_mb} MB behind`,
      `${name} est en streaming depuis le leader, à moins de ${args.lag_below_mb} Mo de retard`,
    );
    const wrong = problem(view, replica, args);
    const sender = senderOf(view, replica);
    if (wrong === null && sender !== undefined) return { verdict: 'pass', expected, seen: senderWords(sender, view) };
    const why = view.leftMb === null ? whyNotStreaming(view, setting) : whyBehind(name);
    return { verdict: 'fail', expected, seen: wrong ?? words('nothing', 'rien'), ...why };
  },

  command: ({ workshop }) =>
    psqlCommand(workshop, 'select application_name, state, replay_lag from pg_stat_replication'),
});

/** It streams and replays, and nothing is wrong but its distance: that needs a second look. */
function isBehind(view: ReplicationView, replica: NodeDefinition, { lag_below_mb }: Args): boolean {
  const sender = senderOf(view, replica);
  const { replicaState } = view;
  return (
    sender?.state === 'streaming' &&
    sender.lagMb !== null &&
    sender.lagMb >= lag_below_mb &&
    replicaState.kind === 'answer' &&
    replayStopped(replicaState.value) === null &&
    otherDatabase(view, replicaState.value, replica.member ?? replica.name) === null
  );
}

function whyBehind(name: string): { readonly cause: Words; readonly hint: Words } {
  return {
    cause: words(
      `${name} is connected to the leader, and within ${catchUpSeconds} s did not come to where the leader was`,
      `${name} est connecté au leader, et n'est pas arrivé en ${catchUpSeconds} s là où en était celui-ci`,
    ),
    hint: words(
      'While much is being written, or right after a start, it may take a while: "lab verify --wait" looks until it is there.',
      "Pendant de grosses écritures, ou juste après un démarrage, cela peut durer : « lab verify --wait » regarde jusqu'à ce qu'il y soit.",
    ),
  };
}

/** What is seen instead; null when the replica streams as it should. */
function problem(view: StreamingView, replica: NodeDefinition, { lag_below_mb }: Args): Words | null {
  const name = replica.member ?? replica.name;
  if (view.leader === null) return words('there is no leader', "il n'y a pas de leader");
  if (view.leader.name === replica.name) return words(`${name} is the leader`, `${name} est le leader`);
  if (view.senders?.kind !== 'answer')
    return view.senders === null ? words('nothing', 'rien') : silentPostgres(view.senders, view.leader);
  if (view.replicaState.kind !== 'answer') return silentPostgres(view.replicaState, replica);
  const other = otherDatabase(view, view.replicaState.value, name);
  if (other !== null) return other;
  const sender = senderOf(view, replica);
  if (sender === undefined) return words(`the leader sends nothing to ${name}`, `le leader n'envoie rien à ${name}`);
  if (sender.state !== 'streaming') return words(`state ${sender.state}`, `état ${sender.state}`);
  const lagMb = view.leftMb ?? sender.lagMb;
  if (lagMb === null) return words('nothing was replayed yet', "rien n'a encore été rejoué");
  if (lagMb < lag_below_mb) return replayStopped(view.replicaState.value);
  return words(`${lagMb.toFixed(1)} MB behind`, `${lagMb.toFixed(1)} Mo de retard`);
}

function otherDatabase({ leaderState }: ReplicationView, replica: PostgresState, name: string): Words | null {
  if (!replica.inRecovery) return words(`${name} takes writes itself`, `${name} accepte lui-même les écritures`);
  if (leaderState?.kind !== 'answer') return null;
  const leader = leaderState.value;
  if (leader.systemIdentifier !== replica.systemIdentifier)
    return words(`${name} holds another database than the leader`, `${name} contient une autre base que le leader`);
  if (leader.timeline === replica.timeline) return null;
  return words(
    `${name} is on timeline ${replica.timeline ?? '?'}, the leader on ${leader.timeline ?? '?'}`,
    `${name} est sur la timeline ${replica.timeline ?? '?'}, le leader sur la ${leader.timeline ?? '?'}`,
  );
}

function senderOf({ senders }: ReplicationView, replica: NodeDefinition): WalSender | undefined {
  return senders?.kind === 'answer'
    ? senders.value.find(({ applicationName }) => applicationName === replica.member)
    : undefined;
}

function senderWords({ state, lagMb }: WalSender, { leaderState, leftMb }: StreamingView): Words {
  const timeline = leaderState?.kind === 'answer' ? String(leaderState.value.timeline) : '?';
  const lag = (leftMb ?? lagMb ?? 0).toFixed(1);
  return words(
    `${state}, timeline ${timeline}, ${lag} MB behind`,
    `${state}, timeline ${timeline}, ${lag} Mo de retard`,
  );
}
