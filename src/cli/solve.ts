// solve and hint: help with the next open step, or with the one that is named.

import { checkKinds } from '../checks/registry.ts';
import { labSolve } from '../engine/lab-solve.ts';
import { observeSteps } from '../engine/open-steps.ts';
import { recordDone } from '../engine/record-done.ts';
import { type LabSession } from '../engine/session.ts';
import { exitStatus, type ExitStatus } from '../model/errors.ts';
import { type StepId } from '../model/ids.ts';
import { type LabHistory, stepKey } from '../model/lab-history.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Words, words } from '../model/words.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { renderHint } from '../ui/render-hint.ts';
import { findStep } from '../workshop/find-step.ts';
import { chapterText } from './chapter-text.ts';
import { closing } from './closing.ts';
import { type Invocation } from './invocation.ts';
import { pageOf } from './page-of.ts';
import { chapterOf, readLab, type ReadLab } from './read-lab.ts';
import { type Verb, type World } from './services.ts';
import { withSession } from './with-session.ts';

export const solve: Verb<[step: string | undefined]> = async (world, invocation, named) => {
  const lab = await readLab(world, invocation);
  const chapter = chapterOf(lab, undefined);
  const started = performance.now();
  const step = await chooseStep(world, lab, chapter, named);
  if (step === null) return nothingOpen(world, invocation, chapter);
  const left = await withSession(world, invocation, async ({ session }) => {
    await labSolve(session, chapter, step);
    return takeStock(session, chapter);
  });
  const done = words(`Step ${step.id} is done.`, `L'étape ${step.id} est faite.`);
  const next =
    left.length === 0
      ? words(
          `${chapter.id} is complete: every check passes.`,
          `${chapter.id} est terminé : toutes les vérifications passent.`,
        )
      : words(`Still open: ${left.join(', ')}`, `Encore à faire : ${left.join(', ')}`);
  closing(world, invocation, done, (performance.now() - started) / 1000, next);
  return exitStatus.done;
};

export const hint: Verb<[step: string | undefined]> = async (world, invocation, named) => {
  const lab = await readLab(world, invocation);
  const chapter = chapterOf(lab, undefined);
  const observed = await observeSteps({ ...lab, checkKinds, signal: world.signal }, chapter);
  world.signal.throwIfAborted();
  const step = named === undefined ? (observed.find((one) => one.open)?.step ?? null) : findStep(chapter, named);
  if (step === null) return nothingOpen(world, invocation, chapter);
  const fails = observed.find((one) => one.step === step)?.results.find(({ verdict }) => verdict === 'fail');
  const text = chapterText(lab.workshop, lab.edition, chapter, invocation.language).steps[step.id];
  const given = lab.history.hints.get(stepKey(chapter.id, step.id)) ?? 0;
  const hints = text?.hints ?? [];
  if (given < hints.length)
    await withSession(world, invocation, ({ session }) =>
      session.record({ kind: 'hint-given', chapter: chapter.id, step: step.id }),
    );
  renderHint(
    {
      step: step.id,
      title: text?.title ?? step.id,
      hints: hints.slice(0, given + 1),
      total: hints.length,
      now: whatFails(lab.history, fails),
    },
    pageOf(world, invocation),
  );
  return exitStatus.done;
};

/** A fault comes first: nothing else can be said of a cluster that lab itself has broken. */
function whatFails({ faults }: LabHistory, fails: CheckResult | undefined): Words | null {
  if (fails === undefined) return null;
  if (faults.length > 0)
    return words(
      'There is a fault in this lab. To take it back: `lab heal`',
      "Une panne est en cours dans ce lab. Pour l'annuler : `lab heal`",
    );
  const why = fails.cause ?? fails.seen;
  return words(`Now: ${fails.title.en}: ${why.en}`, `Pour l'instant : ${fails.title.fr} : ${why.fr}`);
}

/** Writes down what is done by now, whoever did it; returns the steps that are still open. */
async function takeStock(session: LabSession, chapter: Chapter): Promise<readonly StepId[]> {
  const observed = await observeSteps(session, chapter);
  for (const { step, open } of observed) if (!open) await recordDone(session, chapter, step);
  const left = observed.filter(({ open }) => open).map(({ step }) => step.id);
  if (left.length === 0) await session.record({ kind: 'chapter-completed', chapter: chapter.id });
  return left;
}

/** The named step, or the first one whose checks don't all pass now; null when there is none. */
async function chooseStep(
  world: World,
  lab: ReadLab,
  chapter: Chapter,
  named: string | undefined,
): Promise<Step | null> {
  if (named !== undefined) return findStep(chapter, named);
  const observed = await observeSteps({ ...lab, checkKinds, signal: world.signal }, chapter);
  world.signal.throwIfAborted();
  return observed.find((one) => one.open)?.step ?? null;
}

function nothingOpen(world: World, invocation: Invocation, { id }: Chapter): ExitStatus {
  const what = words(
    `Nothing is open in ${id}: every check passes.`,
    `Rien à faire dans ${id} : toutes les vérifications passent.`,
  );
  const next = words('The next chapter: lab start', 'Le chapitre suivant : lab start');
  closing(world, invocation, what, undefined, next);
  return exitStatus.done;
}
