import { describe, expect, test } from 'vitest';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { type JournalEntry } from '../../src/journal/journal-entry.ts';
import { chapterId, editionName, nodeName, stepId } from '../../src/model/ids.ts';
import { type JournalFact } from '../../src/model/journal-fact.ts';
import { emptyHistory, type LabHistory } from '../../src/model/lab-history.ts';

const place = { chapter: chapterId(1), step: stepId('one') };

describe('foldJournal', () => {
  test('nothing written is a lab that was never created', () => {
    expect(foldJournal([])).toEqual(emptyHistory);
  });

  test('after a restore the history is that of the checkpoint; one that was cut off is still to be mended', () => {
    const kept = { state: 'completed', fingerprint: 'f' } as const;
    const history = { chapter: null, steps: { 'chapter-1/start': kept }, starts: {}, touched: false };
    const before: readonly JournalFact[] = [
      { kind: 'step-started', ...place, fingerprint: 'g' },
      { kind: 'touched-by-hand' },
      { kind: 'fault-started', fault: 'freeze', nodes: [nodeName('etcd1')] },
      { kind: 'restore-started', history },
    ];
    expect(fold(before)).toMatchObject({ touched: true, restoring: history });
    const after = fold([...before, { kind: 'restored' }]);
    expect(after).toMatchObject({ touched: false, restoring: null, faults: [], chapter: null });
    expect([...after.steps]).toEqual([['chapter-1/start', kept]]);
  });

  test('a fault is there until it is healed, also when it was injected twice', () => {
    const fault = { fault: 'freeze', nodes: [nodeName('etcd1')] } as const;
    const other = { fault: 'freeze', nodes: [nodeName('etcd2')] } as const;
    const injected: readonly JournalFact[] = [
      { kind: 'fault-started', ...fault },
      { kind: 'fault-started', ...other },
      { kind: 'fault-started', ...fault },
    ];
    expect(fold(injected).faults).toEqual([other, fault]);
    expect(fold([...injected, { kind: 'fault-healed', ...fault }]).faults).toEqual([other]);
  });

  test('a step that was started and neither completed nor failed was interrupted', () => {
    expect(state([{ kind: 'step-started', ...place, fingerprint: 'f' }])).toBe('interrupted');
    expect(
      state([
        { kind: 'step-started', ...place, fingerprint: 'f' },
        { kind: 'step-completed', ...place, fingerprint: 'f' },
      ]),
    ).toBe('completed');
    expect(
      state([
        { kind: 'step-started', ...place, fingerprint: 'f' },
        { kind: 'step-failed', ...place, error: 'e' },
      ]),
    ).toBe('failed');
  });

  test('the last run of a step counts', () => {
    const completed: JournalFact[] = [
      { kind: 'step-started', ...place, fingerprint: 'f' },
      { kind: 'step-completed', ...place, fingerprint: 'f' },
    ];
    expect(state([...completed, { kind: 'step-started', ...place, fingerprint: 'g' }])).toBe('interrupted');
    expect(
      foldJournal(entries([...completed, { kind: 'step-started', ...place, fingerprint: 'g' }])).steps.get(
        'chapter-1/one',
      )?.fingerprint,
    ).toBe('g');
  });

  test('a node whose creation did not end is unfinished until it is created', () => {
    const started: JournalFact = { kind: 'node-creation-started', node: nodeName('a'), image: 'base' };
    expect([...foldJournal(entries([started])).unfinishedNodes]).toEqual(['a']);
    expect([
      ...foldJournal(entries([started, { kind: 'node-created', node: nodeName('a'), image: 'base' }])).unfinishedNodes,
    ]).toEqual([]);
  });

  test('a chapter is done only when the one that is open is completed', () => {
    const opened: JournalFact[] = [
      { kind: 'lab-created', edition: editionName('trixie'), workshop: 'w' },
      { kind: 'chapter-opened', chapter: chapterId(2) },
    ];
    expect(foldJournal(entries(opened)).chapter).toEqual({ id: 'chapter-2', state: 'open' });
    expect(foldJournal(entries([...opened, { kind: 'chapter-completed', chapter: chapterId(1) }])).chapter?.state).toBe(
      'open',
    );
    expect(foldJournal(entries([...opened, { kind: 'chapter-completed', chapter: chapterId(2) }])).chapter?.state).toBe(
      'done',
    );
  });
});

function fold(facts: readonly JournalFact[]): LabHistory {
  return foldJournal(entries(facts));
}

function state(facts: readonly JournalFact[]): string | undefined {
  return foldJournal(entries(facts)).steps.get('chapter-1/one')?.state;
}

function entries(facts: readonly JournalFact[]): JournalEntry[] {
  return facts.map((fact) => ({ at: '2026-01-01T00:00:00.000Z', run: 'r', ...fact }));
}
