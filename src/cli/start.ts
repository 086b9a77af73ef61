// start and reset: a lab at the beginning of a chapter, ready for a person.

import { labReset } from '../engine/lab-reset.ts';
import { labUp } from '../engine/lab-up.ts';
import { readHistory } from '../journal/open-journal.ts';
import { chaptersUpTo } from '../model/chapters-up-to.ts';
import { exitStatus, type ExitStatus, LabError } from '../model/errors.ts';
import { labPaths } from '../model/home-paths.ts';
import { type LabHistory, stepKey } from '../model/lab-history.ts';
import { type Words, words } from '../model/words.ts';
import { type Chapter, type Edition, type Workshop } from '../model/workshop.ts';
import { askYesNo } from '../ui/ask-yes-no.ts';
import { renderGuide } from '../ui/render-guide.ts';
import { findChapter } from '../workshop/find-chapter.ts';
import { chapterText } from './chapter-text.ts';
import { chooseEdition } from './choose-edition.ts';
import { closing } from './closing.ts';
import { type Invocation } from './invocation.ts';
import { pageOf } from './page-of.ts';
import { chapterOf, readLab } from './read-lab.ts';
import { requireOwnWorkshop } from './require-own-workshop.ts';
import { type Verb, type World } from './services.ts';
import { withSession } from './with-session.ts';

export const start: Verb<[chapter: string | undefined]> = async (world, invocation, named) => {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const history = await readHistory(labPaths(invocation.home, invocation.lab).journal);
  requireOwnWorkshop(workshop, history.workshop, invocation);
  const edition = chooseEdition(workshop, history.edition, invocation);
  const chapter = named === undefined ? nextChapter(workshop, history) : findChapter(workshop, named);
  // What lies behind the chapter's beginning can only be left by going back to it.
  const back = hasGoneInto(history, workshop, chapter);
  if (back && !(await agrees(invocation, whatIsLost(invocation, chapter)))) return exitStatus.done;
  return toTheBeginning(world, invocation, { workshop, edition, chapter, back });
};

export interface ResetOptions {
  readonly all?: boolean;
}

export const reset: Verb<[chapter: string | undefined, options: ResetOptions]> = async (
  world,
  invocation,
  named,
  { all = false },
) => {
  if (all && named !== undefined) throw allOrOne(named);
  const lab = await readLab(world, invocation);
  const chapter = chapterOf(lab, all ? '1' : named);
  if (!(await agrees(invocation, whatIsLost(invocation, chapter)))) return exitStatus.done;
  return toTheBeginning(world, invocation, { ...lab, chapter, back: true });
};

interface Way {
  readonly workshop: Workshop;
  readonly edition: Edition;
  readonly chapter: Chapter;
  readonly back: boolean;
}

async function toTheBeginning(world: World, invocation: Invocation, way: Way): Promise<ExitStatus> {
  const { chapter, back } = way;
  const started = performance.now();
  await withSession(world, invocation, async ({ session, services }) => {
    for (const text of await services.prepareHost()) session.announce({ kind: 'notice', text });
    const first = back ? null : whatComesFirst(way, session.history);
    if (first !== null) session.announce({ kind: 'notice', text: first });
    return back ? labReset(session, chapter.id) : labUp(session, chapter.id, 'beginning');
  });
  closing(
    world,
    invocation,
    words(
      `Lab ${invocation.lab} is at the beginning of ${chapter.id}.`,
      `Le lab ${invocation.lab} est au début de ${chapter.id}.`,
    ),
    (performance.now() - started) / 1000,
  );
  showFirstStep(world, invocation, way);
  closing(
    world,
    invocation,
    words(
      'The whole chapter: lab guide · is it right? lab verify',
      'Tout le chapitre : lab guide · est-ce juste ? lab verify',
    ),
  );
  return exitStatus.done;
}

/** Chapters before it that are not done are no surprise: some take minutes. */
function whatComesFirst({ workshop, chapter }: Way, { steps }: LabHistory): Words | null {
  const before = chaptersUpTo(workshop, chapter.id).filter(({ id }) => id !== chapter.id);
  const missing = before.filter((one) =>
    one.steps.some(({ id }) => steps.get(stepKey(one.id, id))?.state !== 'completed'),
  );
  const [first, ...others] = missing.map(({ number }) => number);
  if (first === undefined) return null;
  const last = others.at(-1);
  if (last === undefined)
    return words(
      `Chapter ${first} comes first: it is not done yet, and lab does it.`,
      `Le chapitre ${first} vient d'abord : il n'est pas encore fait, et lab s'en charge.`,
    );
  return words(
    `Chapters ${first} to ${last} come first: lab does what is not done of them yet.`,
    `Les chapitres ${first} à ${last} viennent d'abord : lab fait ce qui n'y est pas encore fait.`,
  );
}

/** What the chapter is about, which shells to open, and what to do first; in JSON the events have said all. */
function showFirstStep(world: World, invocation: Invocation, { workshop, edition, chapter }: Way): void {
  const page = pageOf(world, invocation);
  const [first] = chapter.steps;
  if (page.format === 'json' || first === undefined) return;
  page.write('\n');
  const order = chapter.steps.map(({ id }) => id);
  const text = chapterText(workshop, edition, chapter, invocation.language);
  renderGuide(text, { ...page, order, step: first.id, introduced: true });
  page.write('\n');
}

/** The one that the lab works on; once that is done, the one after it. */
function nextChapter(workshop: Workshop, history: LabHistory): Chapter {
  const current = chapterOf({ workshop, history }, undefined);
  if (history.chapter?.state !== 'done') return current;
  return workshop.chapters.find(({ number }) => number === current.number + 1) ?? current;
}

/** Some step of it, or of a later chapter, was done or begun, or the lab works on a later chapter. */
function hasGoneInto(history: LabHistory, workshop: Workshop, chapter: Chapter): boolean {
  const before = new Set(
    chaptersUpTo(workshop, chapter.id)
      .slice(0, -1)
      .map(({ id }) => id),
  );
  const begun = [...history.steps.keys()].map((key) => key.slice(0, key.indexOf('/')));
  const later = workshop.chapters.find(({ id }) => id === history.chapter?.id)?.number ?? 0;
  return later > chapter.number || begun.some((id) => !before.has(id as Chapter['id']));
}

function agrees(invocation: Invocation, question: Words): Promise<boolean> {
  return invocation.yes ? Promise.resolve(true) : askYesNo(question, invocation.language);
}

function whatIsLost({ lab }: Invocation, { id }: Chapter): Words {
  return words(
    `Take lab ${lab} back to the beginning of ${id}? Everything done in its nodes since then is lost.`,
    `Ramener le lab ${lab} au début de ${id} ? Tout ce qui a été fait dans ses nœuds depuis sera perdu.`,
  );
}

function allOrOne(named: string): LabError {
  return new LabError(
    'all-or-one',
    words(`Either --all or a chapter, not both: ${named}.`, `Soit --all, soit un chapitre, pas les deux : ${named}.`),
    {
      exit: exitStatus.usage,
      hint: words(
        'lab reset --all: a lab with nothing done. lab reset CHAPTER: back to the beginning of that chapter.',
        "lab reset --all : un lab où rien n'est fait. lab reset CHAPITRE : retour au début de ce chapitre.",
      ),
    },
  );
}
