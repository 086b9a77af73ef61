// lab up: reads everything, decides purely, then acts.

import { type PlacedCheck } from '../checks/run-check.ts';
import { chaptersUpTo, nodesOfStep, nodesUpTo } from '../model/chapters-up-to.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type ChapterId } from '../model/ids.ts';
import { stepKey } from '../model/lab-history.ts';
import { type LabObservation } from '../model/observation.ts';
import { type Plan } from '../model/plan.ts';
import { replacedSteps } from '../model/replaced-steps.ts';
import { settleAll } from '../model/settle-all.ts';
import { type CheckResult } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { planUp } from '../plan/plan-up.ts';
import { awaitChecks } from './await-checks.ts';
import { beginChapter } from './begin-chapter.ts';
import { checksToLookAt } from './checks-to-look-at.ts';
import { finishShutdowns } from './finish-shutdowns.ts';
import { removeFaults } from './lab-fault.ts';
import { runPlan } from './run-plan.ts';
import { type LabSession, type LookSession } from './session.ts';

/** What planning needs of a session: it changes nothing, so there is no journal to write and nothing to announce. */
export type PlanningSession = LookSession &
  Pick<LabSession, 'actionKinds' | 'checkKinds' | 'history'> & {
    readonly images: Pick<LabSession['images'], 'isPrepared'>;
    readonly chapterEnds: Pick<LabSession['chapterEnds'], 'list'>;
  };

export async function makeUpPlan(session: PlanningSession, target: ChapterId, to: Plan['to'] = 'end'): Promise<Plan> {
  const [observation, imagesReady, ends] = await settleAll([
    session.provider.observe(),
    session.images.isPrepared(),
    session.chapterEnds.list(),
  ]);
  if (observation.network === 'foreign') throw foreignNetwork();
  const observedSteps = await observeCompletedSteps(session, target, observation);
  return planUp({
    workshop: session.workshop,
    target,
    to,
    chapterEnds: ends.flatMap(({ chapter }) => chapter ?? []),
    history: session.history,
    observation,
    imagesReady,
    observedSteps,
    drills: new Set([...session.actionKinds.values()].filter(({ drill }) => drill === true).map(({ name }) => name)),
  });
}

/**
 * Brings the lab to the end of the chapter, or to its beginning: the chapters before it done, its own nodes there and
 * bare. Throws what stopped it; what was done until then stays done.
 */
export async function labUp(session: LabSession, target: ChapterId, to: Plan['to'] = 'end'): Promise<Plan> {
  await removeFaults(session);
  await finishShutdowns(session);
  const plan = await makeUpPlan(session, target, to);
  session.announce({ kind: 'planned', plan });
  if (session.history.edition === null) {
    const { name, directory } = session.workshop;
    await session.record({ kind: 'lab-created', edition: session.edition.name, workshop: name, directory });
  }
  const { chapter } = session.history;
  if (chapter?.id !== target || chapter.state !== 'done')
    await session.record({ kind: 'chapter-opened', chapter: target });
  await runPlan(session, plan);
  await openAgain(session, target);
  if (to === 'end') await session.record({ kind: 'chapter-completed', chapter: target });
  else await leaveToPerson(session, target);
  return plan;
}

/** A restore on the way brought another chapter. */
async function openAgain(session: LabSession, target: ChapterId): Promise<void> {
  if (session.history.chapter?.id !== target) await session.record({ kind: 'chapter-opened', chapter: target });
}

async function leaveToPerson(session: LabSession, target: ChapterId): Promise<void> {
  const chapter = session.workshop.chapters.find(({ id }) => id === target);
  if (chapter !== undefined) await beginChapter(session, chapter);
  await session.record({ kind: 'touched-by-hand' });
}

/** A look at the checks of the steps that are done, or may have been done by hand, and whose nodes all run. */
async function observeCompletedSteps(
  session: PlanningSession,
  target: ChapterId,
  observation: LabObservation,
): Promise<ReadonlyMap<string, readonly CheckResult[]>> {
  const running = nodesUpTo(session.workshop, target).filter((node) => observation.nodes.get(node.name) === 'running');
  if (running.length === 0 || observation.network !== 'present') return new Map();
  const steps = chaptersUpTo(session.workshop, target).flatMap((chapter) =>
    chapter.steps.map((step) => ({ chapter, step })),
  );
  const replaced = replacedSteps(session.workshop, session.history);
  const observable = steps.filter(({ chapter, step }) => {
    if (replaced.has(stepKey(chapter.id, step.id))) return false;
    const record = session.history.steps.get(stepKey(chapter.id, step.id));
    const maybe = record === undefined ? session.history.starts.has(chapter.id) : record.state === 'completed';
    return (
      maybe && nodesOfStep(session.workshop, chapter, step).every((name) => observation.nodes.get(name) === 'running')
    );
  });
  const placed = observable.flatMap((place) => checksToLookAt(session, target, place));
  const results = await lookTwice(session, placed);
  return new Map(
    observable.map(({ chapter, step }) => [
      stepKey(chapter.id, step.id),
      results.filter((result) => result.chapter === chapter.id && result.step === step.id),
    ]),
  );
}

/**
 * What was done and does not pass is looked at once more, alone: a step is not done again because a machine with a hundred
 * questions to answer did not come to one of them, or because a replica had just lost its connection.
 */
async function lookTwice(session: PlanningSession, placed: readonly PlacedCheck[]): Promise<readonly CheckResult[]> {
  const once = { kind: 'seconds', seconds: 0 } as const;
  const first = await awaitChecks(session, placed, once);
  const off = placed
    .filter(({ chapter, step }) => session.history.steps.get(stepKey(chapter.id, step.id))?.state === 'completed')
    .filter((place) => first.some((result) => isOf(result, place) && result.verdict !== 'pass'));
  const second = await awaitChecks(session, off, once);
  return [...first.filter((result) => !off.some((place) => isOf(result, place))), ...second];
}

function isOf(result: CheckResult, { chapter, step, check }: PlacedCheck): boolean {
  return result.chapter === chapter.id && result.step === step.id && result.id === check.id;
}

function foreignNetwork(): LabError {
  return new LabError(
    'network-foreign',
    words(
      "A network namespace with this lab's name exists, and lab didn't make it.",
      "Un espace de noms réseau porte déjà le nom de ce lab, et ce n'est pas lab qui l'a créé.",
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Choose another name with --lab, or look at it: ip netns list',
        'Choisissez un autre nom avec --lab, ou examinez-le : ip netns list',
      ),
    },
  );
}
