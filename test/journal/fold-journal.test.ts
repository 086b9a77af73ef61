import { describe, expect, test } from 'vitest';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { type JournalEntry } from '../../src/journal/journal-entry.ts';
import { chapterId, editionName, nodeName, stepId } from '../../src/model/ids.ts';
import { type JournalFact } from '../../src/model/journal-fact.ts';

const place = { chapter: chapterId(1), step: stepId('one') };

describe('foldJournal', () => {
  test('nothing written is a lab that was never created', () => {
    expect(foldJournal([])).toEqual({ edition: null, chapter: null, steps: new Map(), unfinishedNodes: new Set() });
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

function state(facts: readonly JournalFact[]): string | undefined {
  return foldJournal(entries(facts)).steps.get('chapter-1/one')?.state;
}

function entries(facts: readonly JournalFact[]): JournalEntry[] {
  return facts.map((fact) => ({ at: '2026-01-01T00:00:00.000Z', run: 'r', ...fact }));
}
