// The one place that lets time pass: looking again until a condition holds or its deadline is over.

const soonestMilliseconds = 40;
const latestMilliseconds = 200;
/** A look runs programs in every node: a long wait looks less often, and notices late by this part of it at most. */
const lateBy = 1 / 40;

/** Looks at once and then again and again; false when the deadline passed or the signal ended the waiting. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  limit: { readonly withinSeconds: number; readonly signal?: AbortSignal | undefined; readonly now?: () => number },
): Promise<boolean> {
  const now = limit.now ?? Date.now;
  const began = now();
  const deadline = began + limit.withinSeconds * 1000;
  for (;;) {
    if (limit.signal?.aborted) return false;
    if (await condition()) return true;
    if (now() >= deadline) return false;
    const pause = Math.min(latestMilliseconds, Math.max(soonestMilliseconds, (now() - began) * lateBy));
    await new Promise<void>((resolve) => setTimeout(resolve, pause));
  }
}
