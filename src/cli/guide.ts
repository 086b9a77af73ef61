import { exitStatus } from '../model/errors.ts';
import { readHistory } from '../journal/open-journal.ts';
import { labPaths } from '../model/home-paths.ts';
import { renderGuide } from '../ui/render-guide.ts';
import { findEdition } from '../workshop/find-edition.ts';
import { chapterText } from './chapter-text.ts';
import { chapterOf } from './read-lab.ts';
import { type Verb } from './services.ts';
import { pageOf } from './page-of.ts';

/** Works before there is a lab too: a person may read first. */
export const guide: Verb<[chapter: string | undefined]> = async (world, invocation, named) => {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const history = await readHistory(labPaths(invocation.home, invocation.lab).journal);
  const chapter = chapterOf({ workshop, history }, named);
  const edition = findEdition(workshop, history.edition ?? invocation.edition ?? workshop.defaultEdition);
  const order = chapter.steps.map((step) => step.id);
  renderGuide(chapterText(workshop, edition, chapter, invocation.language), { ...pageOf(world, invocation), order });
  return exitStatus.done;
};
