// lab solve: one step, done as the workshop would.

import { nodesUpTo } from '../model/chapters-up-to.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { announced } from './announced.ts';
import { beginChapter } from './begin-chapter.ts';
import { runStep } from './run-step.ts';
import { type LabSession } from './session.ts';

export async function labSolve(session: LabSession, chapter: Chapter, step: Step): Promise<void> {
  await requireNodes(session, chapter);
  await beginChapter(session, chapter);
  const title = words(
    chapter.words.en.steps[step.id]?.title ?? step.id,
    chapter.words.fr.steps[step.id]?.title ?? step.id,
  );
  const item = `step ${chapter.id}/${step.id}`;
  await announced(session, { item, part: { kind: 'step', chapter: chapter.id, step: step.id }, title }, () =>
    runStep(session, chapter, step, item),
  );
}

async function requireNodes(session: LabSession, chapter: Chapter): Promise<void> {
  const { nodes } = await session.provider.observe();
  const missing = nodesUpTo(session.workshop, chapter.id).filter(({ name }) => nodes.get(name) !== 'running');
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw new LabError(
    'nodes-not-running',
    words(`These nodes are not running: ${names}.`, `Ces nœuds ne sont pas en marche : ${names}.`),
    {
      exit: exitStatus.failed,
      hint: words(
        `"lab start ${chapter.id}" starts the nodes of the chapter and leaves its steps to you.`,
        `« lab start ${chapter.id} » met en marche les nœuds du chapitre et vous laisse ses étapes.`,
      ),
    },
  );
}
