import { type Checkpoint } from '../model/checkpoint.ts';
import { type ChapterId } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { announced } from './announced.ts';
import { type LabSession } from './session.ts';

/** Seen by the planner a moment ago; another command may have removed it since. */
export async function restoreChapterEnd(session: LabSession, chapter: ChapterId): Promise<void> {
  const end = (await session.chapterEnds.list()).find((one) => one.chapter === chapter);
  if (end === undefined) throw new Error(`the end of ${chapter} is no longer kept`);
  await restoreCheckpoint(session, end);
}

/** The nodes of the checkpoint take the place of the lab's, stopped; its history takes the place of the lab's. */
export async function restoreCheckpoint(session: LabSession, checkpoint: Checkpoint): Promise<void> {
  const title = words('The checkpoint, restored', 'Le point de reprise, restauré');
  await announced(session, { item: 'restore', part: { kind: 'checkpoint' }, title }, () =>
    session.chapterEnds.whileKept(() =>
      session.copies.replace(checkpoint.folder, {
        signal: session.signal,
        beforeSwap: () => session.record({ kind: 'restore-started', history: checkpoint.history }),
        afterSwap: () => recordRestored(session),
      }),
    ),
  );
}

/** No nodes, nothing done; the network stays. */
export async function emptyLab(session: LabSession): Promise<void> {
  const history = { chapter: null, steps: {}, starts: {}, touched: false };
  const title = words('The nodes, removed', 'Les nœuds, supprimés');
  await announced(session, { item: 'restore', part: { kind: 'checkpoint' }, title }, () =>
    session.copies.removeAll({
      beforeSwap: () => session.record({ kind: 'restore-started', history }),
      afterSwap: () => recordRestored(session),
    }),
  );
}

/** What a command that was cut off left of a restore or of a copy. */
export async function mendRestore(
  session: Pick<LabSession, 'copies' | 'history' | 'record' | 'isVisited'>,
): Promise<void> {
  const settle = async (outcome: 'finished' | 'undone'): Promise<void> => {
    if (session.history.restoring === null) return;
    await (outcome === 'finished' ? recordRestored(session) : session.record({ kind: 'restore-undone' }));
  };
  await session.copies.mend(settle);
  // Cut off before anything was done.
  await settle('undone');
}

/**
 * Whoever noted a visit before this line, and is still there, may come into the new nodes: from the trainer's seat, or
 * because his command was slow to begin. Whoever comes after it notes it after it.
 */
async function recordRestored(session: Pick<LabSession, 'record' | 'isVisited'>): Promise<void> {
  await session.record({ kind: 'restored' });
  if (await session.isVisited()) await session.record({ kind: 'touched-by-hand' });
}
