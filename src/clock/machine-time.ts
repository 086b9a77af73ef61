// The machine's own time. While more programs want a processor than there are, each of them gets on more slowly, and so
// does this clock: a limit that counts by it is as long for a program on a busy machine as on a quiet one.

import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What a look at the machine sees. */
export interface MachineMoment {
  /** Milliseconds, of a clock that never goes back. */
  readonly at: number;
  /** Programs that run or wait for a processor. */
  readonly runnable: number;
}

/** However busy a machine is, a limit comes: at a twentieth of its speed. */
const slowest = 0.05;

/** Milliseconds of the machine's own time. Each call is a look: between two of them, what both saw counts. */
export function machineClock(look: () => MachineMoment, processors: number): () => number {
  const speedOf = ({ runnable }: MachineMoment): number =>
    Math.max(slowest, Math.min(1, processors / Math.max(1, runnable)));
  let before = look();
  let passed = 0;
  return () => {
    const now = look();
    passed += ((now.at - before.at) * (speedOf(before) + speedOf(now))) / 2;
    before = now;
    return passed;
  };
}

/** The fourth field of /proc/loadavg (proc(5)): `3/512`, three of 512. Where it can't be read, the clock on the wall counts. */
function lookAtMachine(): MachineMoment {
  return { at: performance.now(), runnable: readRunnable() };
}

function readRunnable(): number {
  try {
    const [, runnable = '1'] = / (\d+)\/\d+ /.exec(readFileSync('/proc/loadavg', 'utf8')) ?? [];
    return Number(runnable);
  } catch {
    return 1;
  }
}

/** Milliseconds since some moment. */
export const machineNow = machineClock(lookAtMachine, availableParallelism());

/** Seconds; a timer of Node's takes no more than 2^31 milliseconds. */
const longest = 2_000_000;

/** Wall seconds that a program elsewhere, with a clock on the wall, is to have for so many seconds of the machine's. */
export function stretched(seconds: number): number {
  const slowness = Math.min(1 / slowest, Math.max(1, readRunnable() / availableParallelism()));
  return Math.max(seconds, Math.min(longest, Math.ceil(seconds * slowness)));
}

/** Calls `over` once so many seconds of the machine's own time have passed; what it gives back keeps it from that. */
export function afterMachineSeconds(seconds: number, over: () => void): () => void {
  const due = machineNow() + seconds * 1000;
  let timer: NodeJS.Timeout;
  const arm = (left: number): void => {
    timer = setTimeout(
      () => {
        const still = due - machineNow();
        if (still <= 0) over();
        else arm(Math.max(still, shortestRest));
      },
      Math.min(left, longest * 1000),
    );
  };
  arm(seconds * 1000);
  return () => clearTimeout(timer);
}

/** Milliseconds. */
const shortestRest = 20;
