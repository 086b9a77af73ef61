import { type ChapterStart } from '../model/chapter-start.ts';
import { type InjectedFault } from '../model/fault.ts';
import { type ChapterId, type NodeName } from '../model/ids.ts';
import { emptyHistory, type LabHistory, type RestoredHistory, type StepRecord, stepKey } from '../model/lab-history.ts';
import { type JournalEntry } from './journal-entry.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Folding extends Mutable<Omit<LabHistory, 'steps' | 'unfinishedNodes' | 'starts' | 'hints'>> {
  steps: Map<string, StepRecord>;
  unfinishedNodes: Set<NodeName>;
  starts: Map<ChapterId, ChapterStart>;
  hints: Map<string, number>;
}

/** Pure: what the lines say, in their order. A step that was started and neither completed nor failed was interrupted. */
export function foldJournal(entries: readonly JournalEntry[]): LabHistory {
  const history: Folding = {
    ...emptyHistory,
    steps: new Map(),
    unfinishedNodes: new Set(),
    starts: new Map(),
    hints: new Map(),
  };
  for (const entry of entries) fold(history, entry);
  return history;
}

function fold(history: Folding, entry: JournalEntry): void {
  switch (entry.kind) {
    case 'lab-created':
      history.edition = entry.edition;
      history.workshop = workshopOf(entry);
      return;
    case 'chapter-opened':
      history.chapter = { id: entry.chapter, state: 'open' };
      return;
    case 'chapter-completed':
      if (history.chapter?.id === entry.chapter) history.chapter = { id: entry.chapter, state: 'done' };
      for (const [key, { state, fingerprint }] of history.steps) history.steps.set(key, { state, fingerprint });
      return;
    case 'chapter-begun':
      history.starts.set(entry.chapter, entry.start);
      return;
    case 'node-creation-started':
      history.unfinishedNodes.add(entry.node);
      return;
    case 'node-created':
      history.unfinishedNodes.delete(entry.node);
      for (const [key, record] of history.steps)
        history.steps.set(key, { ...record, newer: [...(record.newer ?? []), entry.node] });
      return;
    case 'step-started':
    case 'step-completed':
    case 'step-failed':
      history.steps.set(stepKey(entry.chapter, entry.step), stepRecord(history, entry));
      return;
    case 'touched-by-hand':
      history.touched = true;
      return;
    case 'restore-started':
      history.restoring = entry.history;
      return;
    case 'restored':
      if (history.restoring !== null) replace(history, history.restoring);
      return;
    case 'restore-undone':
      history.restoring = null;
      return;
    case 'hint-given': {
      const key = stepKey(entry.chapter, entry.step);
      history.hints.set(key, (history.hints.get(key) ?? 0) + 1);
      return;
    }
    case 'fault-started':
      history.faults = [...withoutFault(history.faults, entry), { fault: entry.fault, nodes: entry.nodes }];
      return;
    case 'fault-healed':
      history.faults = withoutFault(history.faults, entry);
  }
}

/** A line is what a file says: a lab that was made before this was written down has none. */
function workshopOf({ workshop, directory }: Partial<Extract<JournalEntry, { kind: 'lab-created' }>>) {
  return workshop === undefined ? null : { name: workshop, directory: directory ?? null };
}

function stepRecord(
  history: Folding,
  entry: Extract<JournalEntry, { kind: 'step-started' | 'step-completed' | 'step-failed' }>,
): StepRecord {
  const before = history.steps.get(stepKey(entry.chapter, entry.step));
  const newer = before?.newer && { newer: before.newer };
  switch (entry.kind) {
    case 'step-started':
      return { state: 'interrupted', fingerprint: entry.fingerprint, ...newer };
    case 'step-completed':
      return { state: 'completed', fingerprint: entry.fingerprint };
    case 'step-failed':
      return { state: 'failed', fingerprint: before?.fingerprint ?? '', ...newer };
  }
}

/** The nodes are others now: what was known of those before is over. */
function replace(history: Folding, { chapter, steps, starts, touched }: RestoredHistory): void {
  history.chapter = chapter;
  history.steps = new Map(Object.entries(steps));
  history.starts = new Map(Object.entries(starts)) as Folding['starts'];
  history.touched = touched;
  history.unfinishedNodes = new Set();
  history.restoring = null;
  history.hints = new Map();
  history.faults = [];
}

function withoutFault(faults: readonly InjectedFault[], { fault, nodes }: InjectedFault): readonly InjectedFault[] {
  return faults.filter((one) => one.fault !== fault || one.nodes.join() !== nodes.join());
}
