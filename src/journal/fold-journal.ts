import { type ChapterId, type EditionName, type NodeName, type StepId } from '../model/ids.ts';
import { type JournalEntry } from './journal-entry.ts';
import { type LabHistory, type StepRecord, stepKey } from '../model/lab-history.ts';

/** Pure: what the lines say, in their order. A step that was started and neither completed nor failed was interrupted. */
export function foldJournal(entries: readonly JournalEntry[]): LabHistory {
  let edition: EditionName | null = null;
  let chapter: LabHistory['chapter'] = null;
  const steps = new Map<string, StepRecord>();
  const unfinishedNodes = new Set<NodeName>();
  for (const entry of entries) {
    switch (entry.kind) {
      case 'lab-created':
        edition = entry.edition;
        break;
      case 'chapter-opened':
        chapter = { id: entry.chapter, state: 'open' };
        break;
      case 'chapter-completed':
        chapter = completed(chapter, entry.chapter);
        break;
      case 'node-creation-started':
        unfinishedNodes.add(entry.node);
        break;
      case 'node-created':
        unfinishedNodes.delete(entry.node);
        break;
      case 'step-started':
        record(steps, entry.chapter, entry.step, { state: 'interrupted', fingerprint: entry.fingerprint });
        break;
      case 'step-completed':
        record(steps, entry.chapter, entry.step, { state: 'completed', fingerprint: entry.fingerprint });
        break;
      case 'step-failed': {
        const fingerprint = steps.get(stepKey(entry.chapter, entry.step))?.fingerprint ?? '';
        record(steps, entry.chapter, entry.step, { state: 'failed', fingerprint });
        break;
      }
    }
  }
  return { edition, chapter, steps, unfinishedNodes };
}

function completed(current: LabHistory['chapter'], id: ChapterId): LabHistory['chapter'] {
  return current?.id === id ? { id, state: 'done' } : current;
}

function record(steps: Map<string, StepRecord>, chapter: ChapterId, step: StepId, value: StepRecord): void {
  steps.set(stepKey(chapter, step), value);
}
