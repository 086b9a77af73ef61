import { type CheckpointFacts } from '../../src/checkpoints/make-checkpoint.ts';
import { type Checkpoint } from '../../src/model/checkpoint.ts';
import { chapterId, editionName, nodeName } from '../../src/model/ids.ts';

export function checkpointFacts(change: Partial<CheckpointFacts> = {}): CheckpointFacts {
  return {
    chapter: chapterId(2),
    state: 'done',
    edition: editionName('trixie'),
    takenAt: '2026-11-23T16:21:00.000Z',
    history: {
      chapter: { id: chapterId(2), state: 'done' },
      steps: { 'chapter-1/one': { state: 'completed', fingerprint: 'one-1' } },
      starts: {},
      touched: false,
    },
    nodes: [
      { name: nodeName('a'), image: 'base' },
      { name: nodeName('b'), image: 'base' },
    ],
    ...change,
  };
}

export function checkpoint(change: Partial<Checkpoint> = {}): Checkpoint {
  return { ...checkpointFacts(), folder: '/home/x', name: null, frozenSeconds: 0.81, bytes: 83_656_704, ...change };
}
