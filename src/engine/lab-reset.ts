// lab reset, and lab start when the lab has gone further: back to the beginning of a chapter.

import { chaptersUpTo } from '../model/chapters-up-to.ts';
import { type ChapterId } from '../model/ids.ts';
import { type Plan } from '../model/plan.ts';
import { dropFaults } from './lab-fault.ts';
import { labUp } from './lab-up.ts';
import { emptyLab, restoreCheckpoint } from './restore-checkpoint.ts';
import { type LabSession } from './session.ts';

/**
 * From the kept end of the chapter before it, or from nothing where that isn't kept. Everything done since is lost:
 * whoever calls this has asked.
 */
export async function labReset(session: LabSession, chapter: ChapterId): Promise<Plan> {
  await dropFaults(session);
  const before = chaptersUpTo(session.workshop, chapter).at(-2);
  const end = (await session.chapterEnds.list()).find((one) => one.chapter === before?.id);
  if (end === undefined) await emptyLab(session);
  else await restoreCheckpoint(session, end);
  return labUp(session, chapter, 'beginning');
}
