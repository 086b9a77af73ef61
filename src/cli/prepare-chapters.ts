// lab prepare --chapters: the end of every chapter, built in a lab that is removed again.

import { buildChapterEnds } from '../engine/build-chapter-ends.ts';
import { labDestroy } from '../engine/lab-down.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type ChapterId } from '../model/ids.ts';
import { preparationLab } from '../model/lab-name.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { type Invocation } from './invocation.ts';
import { removeLabFolder, removeLeftovers } from './remove-lab-folder.ts';
import { type World } from './services.ts';
import { withSession } from './with-session.ts';

/**
 * Does nothing when all of them are kept. What a run that was cut off left of its lab is built on. Throws `ends-not-kept`
 * (exit status 1) when one of them is not there afterwards.
 */
export async function prepareChapters(
  world: World,
  invocation: Invocation,
  workshop: Workshop,
  edition: Edition,
): Promise<void> {
  const services = await world.services(invocation);
  const ends = services.chapterEnds(workshop, edition.name);
  await removeLeftovers(invocation.home);
  await ends.removeStale();
  if ((await ends.list()).length === workshop.chapters.length) return;
  const lab = preparationLab(workshop.name, edition.name);
  const own: Invocation = { ...invocation, lab, edition: edition.name };
  const missing = await withSession(world, own, async ({ session }) => {
    const notKept = await buildChapterEnds(session);
    await labDestroy(session);
    await removeLabFolder(invocation.home, lab);
    return notKept;
  });
  if (missing.length > 0) throw notKept(missing, edition);
}

function notKept(chapters: readonly ChapterId[], { name }: Edition): LabError {
  const list = chapters.join(', ');
  return new LabError(
    'ends-not-kept',
    words(
      `Built, and not kept (${name}): the end of ${list}. It is not ready.`,
      `Construit, mais pas conservé (${name}) : la fin de ${list}. Ce n'est pas prêt.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'The ends that are kept stay. Run the same command again: it builds what is missing.',
        'Les fins conservées le restent. Relancez la même commande : elle construit ce qui manque.',
      ),
    },
  );
}
