import { nodesUpTo } from '../model/chapters-up-to.ts';
import { type LabHistory, type RestoredHistory, stepKey } from '../model/lab-history.ts';
import { type Chapter } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { announced } from './announced.ts';
import { type LabSession } from './session.ts';

export interface ChapterEnd {
  /** The lab's nodes may change again: they are copied, or there is nothing to copy. */
  readonly free: Promise<void>;
  /** It is kept, or there is nothing to keep. */
  readonly kept: Promise<void>;
}

/**
 * Once `reached`, keeps the end of the chapter for all labs of this home, unless it is kept already. Only of a lab that
 * is lab's own work throughout: nobody had a shell in it since it was made or restored.
 */
export function keepChapterEnd(session: LabSession, chapter: Chapter, reached: Promise<unknown>): ChapterEnd {
  let whenThawed: () => void = () => undefined;
  const thawed = new Promise<void>((resolve) => (whenThawed = resolve));
  const kept = reached.then(() => keep(session, chapter, whenThawed));
  return { free: Promise.race([thawed, kept]), kept };
}

async function keep(session: LabSession, chapter: Chapter, whenThawed: () => void): Promise<void> {
  const { history } = session;
  if (history.touched || history.faults.length > 0 || !doneToTheEnd(session, history, chapter)) return;
  // What the lab is now is a later chapter's work.
  if (session.workshop.chapters.some(({ id, number }) => number > chapter.number && history.starts.has(id))) return;
  // What is kept is known by all images of the workshop.
  if (!(await session.images.isPrepared())) return;
  const kept = await session.chapterEnds.list();
  if (kept.some((end) => end.chapter === chapter.id)) return;
  const nodes = nodesUpTo(session.workshop, chapter.id).map(({ name }) => name);
  const title = words(`The end of ${chapter.id}, kept`, `La fin de ${chapter.id}, conservée`);
  await announced(session, { item: `checkpoint ${chapter.id}`, part: { kind: 'checkpoint' }, title }, () =>
    session.chapterEnds
      .keep(chapter.id, endOf(session, chapter), async (folder) => {
        const copied = await session.copies.copy(nodes, folder, { signal: session.signal, whenThawed });
        // A visit is noted before it begins.
        if (session.history.touched) throw new Visited();
        return copied;
      })
      .catch((error: unknown) => {
        if (!(error instanceof Visited)) throw error;
        sayNotKept(session, chapter);
        return 'unchanged';
      }),
  );
}

/** Somebody came into a node while it was copied. */
class Visited extends Error {}

function sayNotKept({ announce }: LabSession, { id }: Chapter): void {
  announce({
    kind: 'notice',
    text: words(
      `Somebody was in a node while the end of ${id} was copied: it is not kept for other labs.`,
      `Quelqu'un était dans un nœud pendant la copie de la fin de ${id} : elle n'est pas conservée pour d'autres labs.`,
    ),
  });
}

function doneToTheEnd({ workshop }: LabSession, history: LabHistory, last: Chapter): boolean {
  return workshop.chapters
    .filter(({ number }) => number <= last.number)
    .every((chapter) =>
      chapter.steps.every((step) => {
        const record = history.steps.get(stepKey(chapter.id, step.id));
        return record?.state === 'completed' && record.fingerprint === step.fingerprint;
      }),
    );
}

/** What the journal says, as far as this chapter: preparation of the next ones may have begun. */
function endOf({ workshop, history }: LabSession, last: Chapter): RestoredHistory {
  const behind = workshop.chapters.filter(({ number }) => number <= last.number).map(({ id }) => id);
  const steps = [...history.steps].filter(([key]) => behind.some((id) => key.startsWith(`${id}/`)));
  const starts = [...history.starts].filter(([id]) => behind.includes(id));
  return {
    chapter: { id: last.id, state: 'done' },
    steps: Object.fromEntries(steps),
    starts: Object.fromEntries(starts),
    touched: false,
  };
}
