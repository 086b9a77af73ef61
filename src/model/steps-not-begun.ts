import { type LabHistory, stepKey } from './lab-history.ts';
import { type CheckResult } from './verdict.ts';
import { type Chapter } from './workshop.ts';

/**
 * Keys of the steps that come after the open one, and of which nothing is known to have been done: what fails there has
 * not been tried yet. The open one is the first with a check that doesn't pass.
 */
export function stepsNotBegun(
  chapter: Chapter,
  checks: readonly CheckResult[],
  history: Pick<LabHistory, 'steps'>,
): readonly string[] {
  const failing = chapter.steps.filter(({ id }) =>
    checks.some(({ step, verdict }) => step === id && verdict !== 'pass'),
  );
  return failing
    .slice(1)
    .map(({ id }) => stepKey(chapter.id, id))
    .filter((key) => !history.steps.has(key));
}
