import { checkKinds } from '../../src/checks/registry.ts';
import { runCheck } from '../../src/checks/run-check.ts';
import { type Chapter, type Edition, type Workshop } from '../../src/model/workshop.ts';
import { replay } from './replay.ts';
import { type Recording } from './recording.ts';
import { inEnglish, type Said } from './verdicts.ts';

/** What the chapter's checks say of a recorded lab, at the time of the recording. */
export async function judgeRecording(
  place: { readonly workshop: Workshop; readonly edition: Edition; readonly chapter: Chapter },
  recording: Recording,
  whole: Recording,
): Promise<readonly Said[]> {
  return atTime(Date.parse(recording.now), async () => {
    const { chapter } = place;
    const reach = replay(place, recording, whole);
    const placed = chapter.steps.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
    const outcomes = await Promise.all(placed.map((one) => runCheck(reach, checkKinds, one)));
    return outcomes.flat().map(({ result }) => inEnglish(result));
  });
}

/** A certificate is valid or not by the clock of whoever looks. Timers go on. */
async function atTime<T>(now: number, work: () => Promise<T>): Promise<T> {
  const usual = globalThis.Date;
  globalThis.Date = class extends usual {
    constructor(...given: readonly [] | readonly [number | string | Date]) {
      super(given[0] ?? now);
    }
    static override now(): number {
      return now;
    }
  } as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = usual;
  }
}
