/** Waits until the next try is due. */
export type Pace = (ok: boolean) => Promise<void>;

/** After a try that failed, so that a server that comes back is found within it and not run over before. */
const retryMilliseconds = 40;

/**
 * `perSecond` tries at most, at moments that the seed decides; null: one after the other. Over as soon as `stop` is.
 */
export function createPace(perSecond: number | null, random: () => number, stop: AbortSignal): Pace {
  return async (ok) => {
    const between = perSecond === null ? 0 : (1000 / perSecond) * (0.5 + random());
    const milliseconds = ok ? between : Math.max(between, retryMilliseconds);
    if (stop.aborted || milliseconds === 0) return;
    await new Promise<void>((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', over);
        resolve();
      };
      const timer = setTimeout(over, milliseconds);
      stop.addEventListener('abort', over);
    });
  };
}
