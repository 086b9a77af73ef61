// The one place that lets time pass: looking again until a condition holds or its deadline is over.

import { machineNow } from './machine-time.ts';

/** Between two looks, in milliseconds: as long as the last one took, so that looking never takes more than half of a core. */
const shortestPause = 40;
const longestPause = 500;

/**
 * Looks at once and then again and again; false when the deadline passed or the signal ended the waiting. Seconds are the
 * machine's own, unless `now` tells others (milliseconds).
 */
export async function waitUntil(
  condition: () => Promise<boolean>,
  limit: { readonly withinSeconds: number; readonly signal?: AbortSignal | undefined; readonly now?: () => number },
): Promise<boolean> {
  const now = limit.now ?? machineNow;
  const deadline = now() + limit.withinSeconds * 1000;
  for (;;) {
    if (limit.signal?.aborted) return false;
    const began = performance.now();
    if (await condition()) return true;
    if (now() >= deadline) return false;
    const pause = Math.min(Math.max(performance.now() - began, shortestPause), longestPause);
    await new Promise<void>((resolve) => setTimeout(resolve, pause));
  }
}
