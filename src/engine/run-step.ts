// One step: intent, actions, checks, outcome.

import { type CheckResult } from '../model/verdict.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { type ChapterId, type NodeName } from '../model/ids.ts';
import { type StepPlace } from '../model/replaced-steps.ts';
import { words } from '../model/words.ts';
import { awaitChecks } from './await-checks.ts';
import { checksToLookAt } from './checks-to-look-at.ts';
import { requireSeen } from './require-reason.ts';
import { runAction } from './run-action.ts';
import { type LabSession } from './session.ts';

/** Throws a LabError (exit status 1) when an action fails or a check doesn't come true. */
export async function runStep(session: LabSession, chapter: Chapter, step: Step, item: string): Promise<void> {
  const place = { chapter: chapter.id, step: step.id };
  await session.record({ kind: 'step-started', ...place, fingerprint: step.fingerprint });
  try {
    for (const action of step.actions) await runAction(session, chapter, action, item);
    const placed = step.checks.map((check) => ({ chapter, step, check }));
    const results = await awaitChecks(session, placed, { kind: 'own' });
    announceChecks(session, item, results);
    const failed = results.filter((result) => result.verdict !== 'pass');
    session.signal.throwIfAborted();
    if (failed.length > 0) throw checksFailed(failed);
  } catch (error) {
    if (session.signal.aborted) throw error;
    await session.record({ kind: 'step-failed', ...place, error: error instanceof LabError ? error.code : 'internal' });
    throw error;
  }
  await session.record({ kind: 'step-completed', ...place, fingerprint: step.fingerprint });
}

/** The actions of `by` on these nodes, in the place of a step that it replaced. */
export async function renewStep(
  session: LabSession,
  replaced: StepPlace,
  by: StepPlace,
  nodes: readonly NodeName[],
  item: string,
): Promise<void> {
  const place = { chapter: replaced.chapter.id, step: replaced.step.id, fingerprint: replaced.step.fingerprint };
  await session.record({ kind: 'step-started', ...place });
  for (const action of by.step.actions) await runAction(session, by.chapter, action, item, nodes);
  await session.record({ kind: 'step-completed', ...place });
}

/** New nodes get of a step that was done what furnishes a node. */
export async function furnish(
  session: LabSession,
  { chapter, step }: StepPlace,
  nodes: readonly NodeName[],
  item: string,
): Promise<void> {
  const furnishing = step.actions.filter(({ kind }) => session.actionKinds.get(kind)?.furnishes === true);
  for (const action of furnishing) await runAction(session, chapter, action, item, nodes);
}

/** One look at what the step is for. */
export async function holds(
  session: LabSession,
  { chapter, step }: StepPlace,
  target: ChapterId,
  item: string,
): Promise<boolean> {
  const placed = checksToLookAt(session, target, { chapter, step });
  const results = await awaitChecks(session, placed, { kind: 'seconds', seconds: 0 });
  session.signal.throwIfAborted();
  requireSeen(results);
  const passed = results.every((result) => result.verdict === 'pass');
  if (passed) announceChecks(session, item, results);
  return passed;
}

export function announceChecks(session: LabSession, item: string, results: readonly CheckResult[]): void {
  for (const result of results) session.announce({ kind: 'check-judged', item, result });
}

function checksFailed(failed: readonly CheckResult[]): LabError {
  const [first] = failed;
  const more = failed.length - 1;
  const because = first?.cause ?? first?.seen ?? words('', '');
  return new LabError(
    'checks-failed',
    words(
      `${first?.title.en ?? ''}: ${because.en}${more > 0 ? ` (and ${String(more)} more)` : ''}`,
      `${first?.title.fr ?? ''} : ${because.fr}${more > 0 ? ` (et ${String(more)} de plus)` : ''}`,
    ),
    {
      exit: failed.some((result) => result.verdict === 'fail') ? exitStatus.failed : exitStatus.hostCannot,
      ...(first?.hint && { hint: first.hint }),
    },
  );
}
