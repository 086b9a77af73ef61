import { type ChapterId } from '../model/ids.ts';
import { type Chapter } from '../model/workshop.ts';
import { dropFaults } from './lab-fault.ts';
import { labUp } from './lab-up.ts';
import { emptyLab, restoreCheckpoint } from './restore-checkpoint.ts';
import { type LabSession } from './session.ts';

/**
 * Builds the ends that are not kept: all that come on the way to the last one in one go, and then, from the end before it,
 * each that was lost (to a kill, after which the lab had gone on). Returns those that are not there all the same.
 */
export async function buildChapterEnds(session: LabSession): Promise<readonly ChapterId[]> {
  const last = session.workshop.chapters.at(-1);
  if (last === undefined) throw new Error('a workshop without chapters was not refused');
  if ((await missingEnds(session)).includes(last)) await labUp(session, last.id);
  for (const chapter of await missingEnds(session)) {
    if (session.history.edition !== null) await goBackBefore(session, chapter);
    await labUp(session, chapter.id);
  }
  return (await missingEnds(session)).map(({ id }) => id);
}

async function missingEnds({ workshop, chapterEnds }: LabSession): Promise<readonly Chapter[]> {
  const kept = (await chapterEnds.list()).map(({ chapter }) => chapter);
  return workshop.chapters.filter(({ id }) => !kept.includes(id));
}

/** To the kept end of the chapter before it, or to nothing: what the lab is now may be a later chapter's work. */
async function goBackBefore(session: LabSession, { number }: Chapter): Promise<void> {
  await dropFaults(session);
  const before = session.workshop.chapters.find((chapter) => chapter.number === number - 1);
  const end = (await session.chapterEnds.list()).find(({ chapter }) => chapter === before?.id);
  if (end === undefined) await emptyLab(session);
  else await restoreCheckpoint(session, end);
}
