import { expect, test } from 'vitest';
import { requireReason, requireSeen } from '../../src/engine/require-reason.ts';
import { result, unanswered } from '../build/plan-input.ts';
import { newWorld, session } from './lab-world.ts';

const [chapter] = newWorld().workshop.chapters;
const step = chapter?.steps[1];
if (chapter === undefined || step === undefined) throw new Error('the test workshop has two steps');
const world = session(newWorld());

test('what was seen to be wrong is done again, also where another look did not come back', () => {
  expect(() => requireReason(world, { chapter, step }, [unanswered(), result('fail')])).not.toThrow();
});

test('what nobody could look at is not', () => {
  expect(() => requireReason(world, { chapter, step }, [result('pass'), unanswered()])).toThrow(
    expect.objectContaining({ code: 'not-seen', exit: 4 }),
  );
  expect(() => requireSeen([result('pass')])).not.toThrow();
});
