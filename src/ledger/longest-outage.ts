import { type Outage } from '../model/measurement.ts';

/** Milliseconds. */
export interface Try {
  readonly began: number;
  readonly done: number;
  readonly ok: boolean;
}

/**
 * The longest time after the fault in which some try failed and none succeeded. It begins with the first try that failed
 * (not when it gave up: a client that waits has no service), or with the last success before, whichever is later; it ends
 * with the next success. null when nothing failed.
 */
export function longestOutage(tries: readonly Try[], faultAt: number): Outage | null {
  const successes = tries
    .filter(({ ok }) => ok)
    .map(({ done }) => done)
    .sort((one, other) => one - other);
  const failures = tries.filter(({ ok, done }) => !ok && done >= faultAt).sort((one, other) => one.began - other.began);
  const end = Math.max(...tries.map(({ done }) => done), faultAt);
  let longest: Outage | null = null;
  for (const { began, done } of failures) {
    for (const outage of gapsWithin(successes, Math.max(began, faultAt), done, end)) {
      if (longest !== null && outage.seconds <= longest.seconds) continue;
      longest = {
        from: seconds(outage.from - faultAt),
        to: outage.to === null ? null : seconds(outage.to - faultAt),
        seconds: outage.seconds,
      };
    }
  }
  return longest;
}

/** The times without a success that touch this failed try. */
function* gapsWithin(successes: readonly number[], began: number, done: number, end: number) {
  let at = firstAfter(successes, began);
  let from = Math.max(began, successes[at - 1] ?? began);
  for (;;) {
    const to = successes[at];
    yield { from, to: to ?? null, seconds: seconds((to ?? end) - from) };
    if (to === undefined || to > done) return;
    from = to;
    at += 1;
  }
}

function firstAfter(sorted: readonly number[], moment: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** To the millisecond: the clients' clock is not finer. */
function seconds(milliseconds: number): number {
  return Math.round(milliseconds) / 1000;
}
