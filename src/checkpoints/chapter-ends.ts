// The ends of chapters: kept automatically, shared by the labs of a home, found again only while what made them is
// current. Rule for removing: one whose key is no longer current goes when a new one of the same chapter is kept, and
// with `lab prepare`; one that a lab restores from just now stays until the next time.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint } from '../model/checkpoint.ts';
import { type ChapterId } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { holdLock, waitForSharedLock } from '../process/hold-lock.ts';
import {
  type CheckpointFacts,
  type CopyInto,
  makeCheckpoint,
  removeCheckpoint,
  removeUnfinished,
} from './make-checkpoint.ts';
import { readCheckpoint } from './manifest.ts';
import {
  chapterEndFolder,
  chapterEndsDirectory,
  chapterEndsLock,
  type ChapterEndsPlace,
  chapterOfFolder,
  unfinished,
} from './places.ts';

/** By chapter: `chapterEndKey` of each chapter of the workshop as it is now. */
export type CurrentKeys = ReadonlyMap<ChapterId, string>;

/** Those whose key is current, in the order of `keys`. */
export async function listChapterEnds(place: ChapterEndsPlace, keys: CurrentKeys): Promise<readonly Checkpoint[]> {
  const found = [...keys].map(([chapter, key]) => readCheckpoint(chapterEndFolder(place, chapter, key)));
  return (await settleAll(found)).filter((checkpoint) => checkpoint !== undefined);
}

/**
 * While `work` runs no chapter's end of this edition is removed: to be held around finding one and restoring it.
 * Waits for the moment that a removal takes.
 */
export async function whileChapterEndsStay<T>(
  place: ChapterEndsPlace,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const lock = await waitForSharedLock(chapterEndsLock(place), signal ? { signal } : {});
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/**
 * Keeps the end of `facts.chapter`; one that is there already is kept, and nothing is copied. Stale ones of the same
 * chapter go.
 */
export async function keepChapterEnd(
  place: ChapterEndsPlace,
  keys: CurrentKeys,
  facts: CheckpointFacts & { readonly chapter: ChapterId },
  copyInto: CopyInto,
): Promise<Checkpoint> {
  const { chapter } = facts;
  const key = keys.get(chapter);
  if (key === undefined) throw new Error(`no key for the end of ${chapter}`);
  const folder = chapterEndFolder(place, chapter, key);
  const kept = await whileChapterEndsStay(
    place,
    async () =>
      (await readCheckpoint(folder)) ?? (await makeCheckpoint(folder, { ...facts, name: null }, copyInto, 'keep')),
  );
  await removeStaleChapterEnds(place, keys, chapter);
  return kept;
}

/** Of one chapter, or of all; also what killed labs left. Returns how many went; none while somebody restores. */
export async function removeStaleChapterEnds(
  place: ChapterEndsPlace,
  keys: CurrentKeys,
  only?: ChapterId,
): Promise<number> {
  const lock = await holdLock(chapterEndsLock(place));
  if (!('release' in lock)) return 0;
  try {
    const directory = chapterEndsDirectory(place);
    await removeUnfinished(directory);
    const stale = staleChapterEnds(await readdir(directory), keys, only);
    await settleAll(stale.map((name) => removeCheckpoint(join(directory, name))));
    return stale.length;
  } finally {
    await lock.release();
  }
}

/** What `removeStaleChapterEnds` would remove, whoever is at work there. */
export async function removableChapterEnds(place: ChapterEndsPlace, keys: CurrentKeys): Promise<readonly string[]> {
  const directory = chapterEndsDirectory(place);
  const names = await readdir(directory).catch(() => []);
  const drafts = names.filter((name) => name.includes(unfinished));
  return [...staleChapterEnds(names, keys), ...drafts].map((name) => join(directory, name));
}

/** Names of folders. Pure. */
export function staleChapterEnds(names: readonly string[], keys: CurrentKeys, only?: ChapterId): readonly string[] {
  return names.filter((name) => {
    const chapter = chapterOfFolder(name);
    if (chapter === undefined || (only !== undefined && chapter !== only)) return false;
    return name !== `${chapter}-${keys.get(chapter) ?? ''}`;
  });
}
