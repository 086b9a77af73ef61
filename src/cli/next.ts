// next: the chapter is done; what stays of it, and the beginning of the next one.

import { checkKinds } from '../checks/registry.ts';
import { awaitChecks } from '../engine/await-checks.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { stepKey } from '../model/lab-history.ts';
import { replacedSteps } from '../model/replaced-steps.ts';
import { type CheckResult } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { type Chapter } from '../model/workshop.ts';
import { renderLearnt } from '../ui/render-learnt.ts';
import { chapterText } from './chapter-text.ts';
import { closing } from './closing.ts';
import { noteSeenDone } from './note-seen-done.ts';
import { pageOf } from './page-of.ts';
import { chapterOf, readLab } from './read-lab.ts';
import { type Verb } from './services.ts';
import { start } from './start.ts';

export const next: Verb<[]> = async (world, invocation) => {
  const lab = await readLab(world, invocation);
  const chapter = chapterOf(lab, undefined);
  const replaced = replacedSteps(lab.workshop, lab.history);
  const steps = chapter.steps.filter(({ id }) => !replaced.has(stepKey(chapter.id, id)));
  const placed = steps.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
  const session = { ...lab, checkKinds, signal: world.signal };
  const checks = await awaitChecks(session, placed, { kind: 'asked', seconds: 0 });
  world.signal.throwIfAborted();
  await noteSeenDone(world, invocation, lab, chapter, checks);
  const open = checks.find(({ verdict }) => verdict !== 'pass');
  if (open !== undefined) throw stillOpen(chapter, open);
  const { title, learnt } = chapterText(lab.workshop, lab.edition, chapter, invocation.language);
  renderLearnt({ chapter: chapter.id, title, learnt }, pageOf(world, invocation));
  const following = lab.workshop.chapters.find(({ number }) => number === chapter.number + 1);
  if (following !== undefined) return start(world, invocation, following.slug);
  const last = words('That was the last chapter.', "C'était le dernier chapitre.");
  closing(
    world,
    invocation,
    last,
    undefined,
    words('Break it yourself: lab fault', 'À vous de tout casser : lab fault'),
  );
  return exitStatus.done;
};

function stillOpen(chapter: Chapter, { step, title, cause, seen, verdict }: CheckResult): LabError {
  const name = {
    en: chapter.words.en.steps[step]?.title ?? step,
    fr: chapter.words.fr.steps[step]?.title ?? step,
  };
  const why = cause ?? seen;
  return new LabError(
    'chapter-open',
    words(
      `"${name.en}" of ${chapter.id} is still open: ${title.en}: ${why.en}`,
      `« ${name.fr} » de ${chapter.id} reste à faire : ${title.fr} : ${why.fr}`,
    ),
    {
      exit: verdict === 'fail' ? exitStatus.failed : exitStatus.hostCannot,
      hint: words(
        `The rest of it: lab verify · stuck? lab hint · another chapter all the same: lab start CHAPTER`,
        `La suite : lab verify · bloqué ? lab hint · un autre chapitre quand même : lab start CHAPITRE`,
      ),
    },
  );
}
