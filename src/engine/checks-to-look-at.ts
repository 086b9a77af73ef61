import { type PlacedCheck } from '../checks/run-check.ts';
import { type ChapterId } from '../model/ids.ts';
import { stepKey } from '../model/lab-history.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { type LabSession } from './session.ts';

/**
 * What `lab up` asks of a step on its way to the end of `target`. Of a chapter before it, what was done stays done: whether
 * a leader was frozen then can't change, and doing it again would disturb the cluster of a later chapter
 * (docs/decisions/0055). How things are now is looked at all the same.
 */
export function checksToLookAt(
  { checkKinds, history }: Pick<LabSession, 'checkKinds' | 'history'>,
  target: ChapterId,
  { chapter, step }: { readonly chapter: Chapter; readonly step: Step },
): readonly PlacedCheck[] {
  const record = history.steps.get(stepKey(chapter.id, step.id));
  const settled = chapter.id !== target && record?.state === 'completed' && record.fingerprint === step.fingerprint;
  const checks = settled ? step.checks.filter(({ kind }) => checkKinds.get(kind)?.tellsOfPast !== true) : step.checks;
  return checks.map((check) => ({ chapter, step, check }));
}
