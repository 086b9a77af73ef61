import { actionKinds } from '../actions/registry.ts';
import { checkKinds } from '../checks/registry.ts';
import { readHistory } from '../journal/open-journal.ts';
import { exitStatus, type ExitStatus } from '../model/errors.ts';
import { labPaths } from '../model/home-paths.ts';
import { type ChapterId } from '../model/ids.ts';
import { type LabHistory } from '../model/lab-history.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { labUp, makeUpPlan } from '../engine/lab-up.ts';
import { nothingToDo } from '../plan/plan-up.ts';
import { renderPlan } from '../ui/render-plan.ts';
import { findChapter } from '../workshop/find-chapter.ts';
import { closing } from './closing.ts';
import { pageOf } from './page-of.ts';
import { chooseEdition } from './choose-edition.ts';
import { type Invocation } from './invocation.ts';
import { requireOwnWorkshop } from './require-own-workshop.ts';
import { type Services, type Verb, type World } from './services.ts';
import { withSession } from './with-session.ts';

export interface UpOptions {
  readonly dryRun?: boolean;
}

export const up: Verb<[chapter: string | undefined, options: UpOptions]> = async (
  world,
  invocation,
  chapter,
  options,
) => {
  // A wrong word is said before anything is made: no folder, no journal, no transcript.
  const asked = await readRequest(world, invocation, chapter);
  if (options.dryRun === true) return dryRun(world, invocation, asked);
  const started = performance.now();
  const done = await withSession(world, invocation, async ({ session, services }) => {
    const target = chooseChapter(session.workshop, session.history, chapter);
    for (const text of await services.prepareHost()) session.announce({ kind: 'notice', text });
    return labUp(session, target);
  });
  const seconds = (performance.now() - started) / 1000;
  const what = nothingToDo(done)
    ? words(
        `Lab ${invocation.lab} is at the end of ${done.chapter} already: every check passes.`,
        `Le lab ${invocation.lab} est déjà à la fin de ${done.chapter} : toutes les vérifications passent.`,
      )
    : words(
        `Lab ${invocation.lab} is at the end of ${done.chapter}: every check passes.`,
        `Le lab ${invocation.lab} est à la fin de ${done.chapter} : toutes les vérifications passent.`,
      );
  const next = words(
    'Look at it: lab status · lab verify · lab guide · lab shell',
    'À voir : lab status · lab verify · lab guide · lab shell',
  );
  closing(world, invocation, what, seconds, next);
  return exitStatus.done;
};

interface Request {
  readonly services: Services;
  readonly workshop: Workshop;
  readonly history: LabHistory;
  readonly edition: Edition;
  readonly target: ChapterId;
}

/** Reads only, also where there is no lab yet. */
async function readRequest(world: World, invocation: Invocation, named: string | undefined): Promise<Request> {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const history = await readHistory(labPaths(invocation.home, invocation.lab).journal);
  requireOwnWorkshop(workshop, history.workshop, invocation);
  const edition = chooseEdition(workshop, history.edition, invocation);
  return { services, workshop, history, edition, target: chooseChapter(workshop, history, named) };
}

async function dryRun(world: World, invocation: Invocation, asked: Request): Promise<ExitStatus> {
  const { services, workshop, history, edition } = asked;
  const provider = services.provider(invocation.lab, workshop);
  const images = { isPrepared: () => services.images(workshop).isPrepared(edition.name) };
  const { signal } = world;
  const chapterEnds = services.chapterEnds(workshop, edition.name);
  const session = { workshop, edition, provider, actionKinds, checkKinds, history, images, chapterEnds, signal };
  renderPlan(await makeUpPlan(session, asked.target), pageOf(world, invocation));
  return exitStatus.done;
}

/** Without a name: where the lab was, or the end of the last chapter for a new lab. */
function chooseChapter(workshop: Workshop, history: LabHistory, named: string | undefined): ChapterId {
  if (named !== undefined) return findChapter(workshop, named).id;
  const last = workshop.chapters.at(-1);
  if (last === undefined) throw new Error('a workshop without chapters was not refused');
  return workshop.chapters.find((chapter) => chapter.id === history.chapter?.id)?.id ?? last.id;
}
