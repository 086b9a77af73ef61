import { pause } from '../clock/pause.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { awaitChecks } from './await-checks.ts';
import { type LabSession, type LookSession } from './session.ts';

/** How a chapter stands while somebody works on it. */
export interface WatchedChapter {
  /** The first step with a check that doesn't pass; null: there is none. */
  readonly open: Step | null;
  /** The newest results of all steps: those of the open one are new, the others as they were last seen. */
  readonly checks: readonly CheckResult[];
}

/** A look takes at most this share of the time, and there is at least one in so many milliseconds. */
const shareOfLooking = 0.1;
const shortestPause = 1000;
const longestPause = 10_000;

/**
 * Looks at the open step again and again until its checks pass, then at the next one. Ends with the chapter: once the last
 * step passes, all are looked at once more. `replaced`: steps that are not looked at.
 */
export async function* watchChapter(
  session: LookSession & Pick<LabSession, 'checkKinds'>,
  chapter: Chapter,
  replaced: (step: Step) => boolean,
): AsyncGenerator<WatchedChapter> {
  const steps = chapter.steps.filter((step) => !replaced(step));
  const known = new Map<Step, readonly CheckResult[]>();
  const lookAt = async (some: readonly Step[]): Promise<void> => {
    const placed = some.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
    const results = await awaitChecks(session, placed, { kind: 'asked', seconds: 0 });
    for (const step of some)
      known.set(
        step,
        results.filter((result) => result.step === step.id),
      );
  };
  const openStep = (): Step | null =>
    steps.find((step) => known.get(step)?.some(({ verdict }) => verdict !== 'pass') === true) ?? null;
  let next: readonly Step[] = steps;
  while (!session.signal.aborted) {
    const began = performance.now();
    await lookAt(next);
    session.signal.throwIfAborted();
    const open = openStep();
    const whole = next === steps;
    // What stood open may have been done together with what comes after it: all of it is looked at anew.
    next = open === null || !next.includes(open) ? steps : [open];
    if (open !== null || whole) yield { open, checks: steps.flatMap((step) => known.get(step) ?? []) };
    if (open === null && whole) return;
    if (next === steps) continue;
    const looked = performance.now() - began;
    await pause(Math.min(longestPause, Math.max(shortestPause, looked / shareOfLooking)), session.signal);
  }
}
