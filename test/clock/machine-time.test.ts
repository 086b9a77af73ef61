import { expect, test } from 'vitest';
import { machineClock, type MachineMoment } from '../../src/clock/machine-time.ts';
import { waitUntil } from '../../src/clock/wait-until.ts';

/** A machine of two processors, and what happens on it. */
function machine() {
  const now = { at: 0, runnable: 1 };
  const clock = machineClock((): MachineMoment => ({ ...now }), 2);
  return {
    clock,
    pass: (milliseconds: number, runnable: number) => {
      now.runnable = runnable;
      clock();
      now.at += milliseconds;
      return clock();
    },
  };
}

test('on a quiet machine its time is the time on the wall', () => {
  const { pass } = machine();
  expect(pass(1000, 1)).toBe(1000);
  expect(pass(1000, 2)).toBe(2000);
});

test('with twenty programs for each processor it passes at a twentieth, and no slower', () => {
  const { pass } = machine();
  expect(pass(1000, 40)).toBeCloseTo(50);
  expect(pass(1000, 4000)).toBeCloseTo(100);
});

test('a limit of ten seconds is a hundred on a machine that is ten times as slow', async () => {
  const { clock, pass } = machine();
  let looks = 0;
  const came = await waitUntil(
    () => {
      looks += 1;
      pass(10_000, 20);
      return Promise.resolve(false);
    },
    { withinSeconds: 10, now: clock },
  );
  expect(came).toBe(false);
  expect(looks).toBe(10);
});
