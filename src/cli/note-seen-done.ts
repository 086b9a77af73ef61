import { openJournal } from '../journal/open-journal.ts';
import { LabError } from '../model/errors.ts';
import { labPaths } from '../model/home-paths.ts';
import { stepKey } from '../model/lab-history.ts';
import { replacedSteps } from '../model/replaced-steps.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Chapter } from '../model/workshop.ts';
import { type Invocation } from './invocation.ts';
import { type ReadLab } from './read-lab.ts';
import { type World } from './services.ts';

/**
 * Writes down which steps of the lab's chapter are done by now, whoever did them: those whose checks pass, up to the first
 * one that is open, and the chapter when that is none. Not while another command works on the lab, which does so itself.
 */
export async function noteSeenDone(
  world: World,
  invocation: Invocation,
  lab: ReadLab,
  chapter: Chapter,
  checks: readonly CheckResult[],
): Promise<void> {
  if (lab.history.chapter?.id !== chapter.id || lab.history.chapter.state === 'done') return;
  const replaced = replacedSteps(lab.workshop, lab.history);
  const passes = (step: Chapter['steps'][number]): boolean =>
    replaced.has(stepKey(chapter.id, step.id)) ||
    checks.every((check) => check.step !== step.id || check.verdict === 'pass');
  const open = chapter.steps.findIndex((step) => !passes(step));
  const done = open < 0 ? chapter.steps : chapter.steps.slice(0, open);
  const news = done.filter(({ id }) => lab.history.steps.get(stepKey(chapter.id, id))?.state !== 'completed');
  if (news.length === 0 && open >= 0) return;
  const { lock: file, journal: journalFile } = labPaths(invocation.home, invocation.lab);
  const lock = await lab.services.lock(file).catch((error: unknown) => {
    if (error instanceof LabError && error.code === 'lab-locked') return null;
    throw error;
  });
  if (lock === null) return;
  try {
    const journal = await openJournal(journalFile, 'verify', () => world.now());
    try {
      for (const { id, fingerprint } of news)
        await journal.append({ kind: 'step-completed', chapter: chapter.id, step: id, fingerprint });
      if (open < 0) await journal.append({ kind: 'chapter-completed', chapter: chapter.id });
    } finally {
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}
