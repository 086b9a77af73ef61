import { renderTemplate, templateScope } from '../model/template.ts';
import { exitStatus } from '../model/errors.ts';
import { readHistory } from '../journal/open-journal.ts';
import { labPaths } from '../model/home-paths.ts';
import { type ChapterWords } from '../model/workshop.ts';
import { renderGuide } from '../ui/render-guide.ts';
import { findEdition } from '../workshop/find-edition.ts';
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
  const scope = templateScope(workshop, edition);
  const text = chapter.words[invocation.language];
  const steps = Object.entries(text.steps).map(
    ([id, step]) =>
      [id, { ...step, title: renderTemplate(step.title, scope), text: renderTemplate(step.text, scope) }] as const,
  );
  const rendered: ChapterWords = {
    ...text,
    title: renderTemplate(text.title, scope),
    intro: renderTemplate(text.intro, scope),
    steps: Object.fromEntries(steps),
  };
  const order = chapter.steps.map((step) => step.id);
  renderGuide(rendered, { ...pageOf(world, invocation), order });
  return exitStatus.done;
};
