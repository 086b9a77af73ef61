import { type ChapterStart } from '../../model/chapter-start.ts';
import { type NodeState } from '../../model/observation.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { type JournalLine, journalLines, type JournalQuery } from '../../probes/journal-lines.ts';
import { patroniHistory, type TimelineSwitch } from '../../probes/patroni-history.ts';
import { seen, type Observed, type Reach } from '../../probes/reach.ts';
import { messageIds } from '../../probes/service-state.ts';
import { type CheckSetting } from '../kind.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from '../patroni-trouble.ts';
import { classifyLoss, stepDownSeconds, type Loss } from './classify-loss.ts';

/** The lead went from one member to another. */
export interface LeaderChange {
  /** The timeline that ended with it. */
  readonly timeline: number;
  readonly from: string | null;
  readonly to: string | null;
  /** When the new leader was promoted, seconds since 1970. */
  readonly at: number | null;
  /** null: it can't be told, since the old leader's node doesn't run or its journal doesn't reach back. */
  readonly how: Loss | null;
  readonly fromNode: NodeDefinition | null;
  /** When the old leader had become it; null = not known. */
  readonly sinceAt: number | null;
  /** When the lead went on; null = not yet. */
  readonly nextAt: number | null;
}

export type LeaderChanges =
  /** Nothing to compare with. */
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'no-patroni'; readonly troubles: readonly PatroniTrouble[] }
  | {
      readonly kind: 'changes';
      readonly start: ChapterStart;
      readonly changes: readonly LeaderChange[];
      /** Members' nodes that do not run. */
      readonly away: readonly { readonly node: NodeDefinition; readonly state: NodeState }[];
    };

/** Every change of the leader since the chapter began, oldest first. */
export async function observeLeaderChanges(reach: Reach, setting: CheckSetting): Promise<Observed<LeaderChanges>> {
  const { start, nodes } = setting;
  if (!start || start.timeline === null || start.leader === null) return seen({ kind: 'not-begun' });
  const members = nodes.filter(({ member }) => member !== undefined);
  const history = await patroniHistory(reach);
  if (history.kind === 'unseen') return history;
  if (history.value === null) {
    const troubles = await lookForPatroniTroubles(reach, members);
    return troubles.kind === 'unseen' ? troubles : seen({ kind: 'no-patroni', troubles: troubles.value });
  }
  const changes: LeaderChange[] = [];
  for (const change of changesSince(history.value, start, reach)) {
    const how = await lossOf(reach, change);
    if (how.kind === 'unseen') return how;
    changes.push({ ...change, how: how.value });
  }
  const away = members
    .map((node) => ({ node, state: reach.observation.nodes.get(node.name) ?? 'absent' }))
    .filter(({ state }) => state !== 'running');
  return seen({ kind: 'changes', start, changes, away });
}

/** A leader that came back on a new timeline, as after a crash, is no change. */
function changesSince(
  history: readonly TimelineSwitch[],
  start: ChapterStart,
  { workshop }: Reach,
): readonly Omit<LeaderChange, 'how'>[] {
  return history.flatMap(({ timeline, leader, at }, index) => {
    const before = history[index - 1];
    const from = timeline === start.timeline ? start.leader : (before?.leader ?? null);
    if (timeline < (start.timeline ?? 0)) return [];
    if (leader !== null && leader === from) return [];
    const fromNode = workshop.nodes.find(({ member }) => member !== undefined && member === from) ?? null;
    const times = { sinceAt: before?.at ?? null, nextAt: history[index + 1]?.at ?? null };
    return [{ timeline, from, to: leader, at, fromNode, ...times }];
  });
}

async function lossOf(
  reach: Reach,
  { fromNode, at, sinceAt }: Omit<LeaderChange, 'how'>,
): Promise<Observed<Loss | null>> {
  if (fromNode === null || at === null || reach.observation.nodes.get(fromNode.name) !== 'running') return seen(null);
  const ask = (query: JournalQuery) => oneLine(reach, fromNode, query);
  const ids = [messageIds.started, messageIds.stopping, messageIds.failed].map((id) => `MESSAGE_ID=${id}`);
  const [lastChange, lastDemotion, newest] = await Promise.all([
    ask({ terms: ['UNIT=patroni.service', ...ids], untilSeconds: at, last: 1 }),
    ask({
      unit: 'patroni',
      grep: 'Demoting self \\(',
      // What it did before it led belongs to another loss.
      sinceSeconds: Math.max(at - stepDownSeconds, sinceAt ?? 0),
      untilSeconds: at,
      last: 1,
    }),
    ask({ last: 1 }),
  ]);
  if (lastChange.kind === 'unseen') return lastChange;
  if (lastDemotion.kind === 'unseen') return lastDemotion;
  if (newest.kind === 'unseen') return newest;
  const boot = lastChange.value?.boot ?? null;
  const after = boot === null ? seen(null) : await ask({ terms: [`_BOOT_ID=${boot}`], sinceSeconds: at, last: 1 });
  if (after.kind === 'unseen') return after;
  const evidence = {
    lastChange: lastChange.value,
    lastDemotion: lastDemotion.value,
    newest: newest.value,
    afterInSameBoot: after.value,
  };
  return seen(classifyLoss(evidence, at));
}

async function oneLine(
  reach: Reach,
  { name }: NodeDefinition,
  query: JournalQuery,
): Promise<Observed<JournalLine | null>> {
  const lines = await journalLines(reach, name, query);
  return lines.kind === 'unseen' ? lines : seen(lines.value.at(-1) ?? null);
}
