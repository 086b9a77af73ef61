import { type CheckResult } from '../model/verdict.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { awaitChecks } from './await-checks.ts';
import { type LabSession, type LookSession } from './session.ts';

export interface ObservedStep {
  readonly step: Step;
  readonly results: readonly CheckResult[];
  /** Some check of it does not pass now, whoever did what. */
  readonly open: boolean;
}

/** The steps of a chapter as they are now, whatever the journal says. */
export async function observeSteps(
  session: LookSession & Pick<LabSession, 'checkKinds'>,
  chapter: Chapter,
): Promise<readonly ObservedStep[]> {
  const placed = chapter.steps.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
  const all = await awaitChecks(session, placed, { kind: 'seconds', seconds: 0 });
  return chapter.steps.map((step) => {
    const results = all.filter((result) => result.step === step.id);
    return { step, results, open: results.some((result) => result.verdict !== 'pass') };
  });
}
