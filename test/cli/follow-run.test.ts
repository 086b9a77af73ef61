import { expect, test } from 'vitest';
import { followRun } from '../../src/cli/follow-run.ts';
import { type ItemOutcome } from '../../src/model/events.ts';
import { verbatim } from '../../src/model/words.ts';

function stoppedRun(interrupted: boolean, ...outcomes: readonly ItemOutcome[]) {
  const { announce, failure } = followRun();
  for (const [index, outcome] of outcomes.entries()) {
    const item = `node n${String(index)}`;
    announce({ kind: 'item-started', item, part: { kind: 'network' }, title: verbatim(`Node n${String(index)}`) });
    announce({ kind: 'item-finished', item, outcome, seconds: 1 });
  }
  return failure('/transcript', interrupted);
}

test('all that was at work when a run was cut off, which has no cause to mend', () => {
  const failure = stoppedRun(true, 'done', 'interrupted', 'interrupted');
  expect(failure.stoppedAt.en).toBe('Node n1 · Node n2');
  expect(failure.done).toEqual([verbatim('Node n0')]);
  expect(failure.next.en).toBe('Run the same command again: it goes on from here.');
});

test('a failure has a cause', () => {
  expect(stoppedRun(false, 'failed').next.en).toMatch(/^Mend the cause/);
});

test('nothing was begun', () => {
  expect(stoppedRun(false).stoppedAt.en).toBe('before anything was changed');
  expect(stoppedRun(false, 'unchanged').stoppedAt.en).toBe('before anything was changed');
});

test('between two pieces of work, after the one that was done', () => {
  expect(stoppedRun(true, 'done', 'unchanged').stoppedAt.en).toBe('after "Node n0"');
});
