import { stepKey } from '../model/lab-history.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { type LabSession } from './session.ts';

/** The step's checks pass, so it is done, also when a person did it: the journal may not know yet. */
export async function recordDone(session: LabSession, chapter: Chapter, step: Step): Promise<void> {
  if (session.history.steps.get(stepKey(chapter.id, step.id))?.state === 'completed') return;
  const { fingerprint } = step;
  await session.record({ kind: 'step-completed', chapter: chapter.id, step: step.id, fingerprint });
}
