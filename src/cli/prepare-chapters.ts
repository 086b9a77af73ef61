// lab prepare --chapters: the end of every chapter, built in a lab that is removed again.

import { labDestroy } from '../engine/lab-down.ts';
import { labUp } from '../engine/lab-up.ts';
import { preparationLab } from '../model/lab-name.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { type Invocation } from './invocation.ts';
import { removeLabFolder, removeLeftovers } from './remove-lab-folder.ts';
import { type World } from './services.ts';
import { withSession } from './with-session.ts';

/** Does nothing when all of them are kept. What a run that was cut off left of its lab is built on. */
export async function prepareChapters(
  world: World,
  invocation: Invocation,
  workshop: Workshop,
  edition: Edition,
): Promise<void> {
  const last = workshop.chapters.at(-1);
  if (last === undefined) throw new Error('a workshop without chapters was not refused');
  const services = await world.services(invocation);
  const ends = services.chapterEnds(workshop, edition.name);
  await removeLeftovers(invocation.home);
  await ends.removeStale();
  if ((await ends.list()).length === workshop.chapters.length) return;
  const lab = preparationLab(workshop.name, edition.name);
  const own: Invocation = { ...invocation, lab, edition: edition.name };
  await withSession(world, own, async ({ session }) => {
    await labUp(session, last.id);
    await labDestroy(session);
    await removeLabFolder(invocation.home, lab);
  });
}
