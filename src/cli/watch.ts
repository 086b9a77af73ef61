// watch: the open step with its checks, looked at again and again until they pass; then the next one.

import { checkKinds } from '../checks/registry.ts';
import { watchChapter, type WatchedChapter } from '../engine/watch-chapter.ts';
import { exitStatus, type ExitStatus } from '../model/errors.ts';
import { stepKey } from '../model/lab-history.ts';
import { replacedSteps } from '../model/replaced-steps.ts';
import { words } from '../model/words.ts';
import { type Chapter } from '../model/workshop.ts';
import { drawLive } from '../ui/draw-live.ts';
import { type Page } from '../ui/page.ts';
import { renderWatched, type Watched, watchedFrame } from '../ui/render-watched.ts';
import { closing } from './closing.ts';
import { type Invocation } from './invocation.ts';
import { nextAfterVerify } from './next-after-verify.ts';
import { noteSeenDone } from './note-seen-done.ts';
import { pageOf } from './page-of.ts';
import { chapterOf, readLab } from './read-lab.ts';
import { type Verb, type World } from './services.ts';

export const watch: Verb<[]> = async (world, invocation) => {
  const page = pageOf(world, invocation);
  const lab = await readLab(world, invocation);
  const chapter = chapterOf(lab, undefined);
  const replaced = replacedSteps(lab.workshop, lab.history);
  const session = { ...lab, checkKinds, signal: world.signal };
  const seen = watchChapter(session, chapter, ({ id }) => replaced.has(stepKey(chapter.id, id)));
  const states = noted(world, invocation, chapter, seen);
  const isLive = page.format === 'pretty' && world.stdout.isTTY === true;
  // Ctrl-C is how a person leaves.
  const left = (error: unknown): void => {
    if (!world.signal.aborted) throw error;
  };
  if (isLive) await drawLive(world.stdout, frames(states, page)).catch(left);
  else await tell(states, page).catch(left);
  return world.signal.aborted ? exitStatus.done : finish(world, invocation, chapter);
};

async function finish(world: World, invocation: Invocation, chapter: Chapter): Promise<ExitStatus> {
  const { workshop, history } = await readLab(world, invocation);
  const all = words(`${chapter.id}: every check passes.`, `${chapter.id} : toutes les vérifications passent.`);
  const next = nextAfterVerify(workshop, history, chapter, { fail: 0, unknown: 0 });
  closing(world, invocation, all, undefined, next ?? undefined);
  return exitStatus.done;
}

/** What is seen to be done is written down on the way, as `lab verify` does. */
async function* noted(
  world: World,
  invocation: Invocation,
  chapter: Chapter,
  states: AsyncIterable<WatchedChapter>,
): AsyncGenerator<Watched> {
  let known: string | null | undefined;
  for await (const { open, checks } of states) {
    if (open?.id !== known || known === undefined)
      await noteSeenDone(world, invocation, await readLab(world, invocation), chapter, checks);
    known = open?.id ?? null;
    const at = open === null ? chapter.steps.length : chapter.steps.indexOf(open);
    const title = (language: 'en' | 'fr'): string => (open && chapter.words[language].steps[open.id]?.title) ?? '';
    yield {
      chapter: chapter.id,
      chapterTitle: words(chapter.words.en.title, chapter.words.fr.title),
      done: at,
      steps: chapter.steps.length,
      open: open && {
        id: open.id,
        number: at + 1,
        title: words(title('en'), title('fr')),
        checks: checks.filter(({ step }) => step === open.id),
      },
    };
  }
}

async function* frames(states: AsyncIterable<Watched>, page: Page): AsyncGenerator<string> {
  for await (const state of states) yield watchedFrame(state, page);
}

async function tell(states: AsyncIterable<Watched>, page: Page): Promise<void> {
  let before: Watched | null = null;
  for await (const state of states) {
    renderWatched(before, state, page);
    before = state;
  }
}
