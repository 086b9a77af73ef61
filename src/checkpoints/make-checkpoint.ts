// A checkpoint's folder comes to its place whole or not at all.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Checkpoint } from '../model/checkpoint.ts';
import { settleAll } from '../model/settle-all.ts';
import { type Manifest, readCheckpoint, writeManifest } from './manifest.ts';
import { unfinished } from './places.ts';

/** Copies the lab's nodes into a folder that doesn't exist yet; `NodeCopies.copy`. */
export type CopyInto = (folder: string) => Promise<{ readonly frozenSeconds: number; readonly bytes: number }>;

/** What is known before the nodes are copied. */
export type CheckpointFacts = Omit<Checkpoint, 'folder' | 'name' | 'frozenSeconds' | 'bytes'>;

/**
 * Makes it beside its place and renames it into it. What was there is put aside first, and goes; `keep` leaves a valid
 * one as it is, and the new one goes.
 */
export async function makeCheckpoint(
  folder: string,
  manifest: Omit<Manifest, 'frozenSeconds' | 'bytes'>,
  copyInto: CopyInto,
  existing: 'keep' | 'replace',
): Promise<Checkpoint> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = besides(folder);
  try {
    const { frozenSeconds, bytes } = await copyInto(draft);
    await writeManifest(draft, { ...manifest, frozenSeconds, bytes });
    if (existing === 'replace') await removeCheckpoint(folder);
    const there = await putInPlace(draft, folder);
    await syncDirectory(dirname(folder));
    if (there !== undefined) return there;
  } finally {
    // Gone already when it was renamed.
    await rm(draft, { recursive: true, force: true });
  }
  const made = await readCheckpoint(folder);
  if (made === undefined) throw new Error(`${folder} is no checkpoint`);
  return made;
}

/** A valid one that is there, perhaps since a moment ago by another lab, stays and is returned; anything else goes. */
async function putInPlace(draft: string, folder: string): Promise<Checkpoint | undefined> {
  try {
    await rename(draft, folder);
    return undefined;
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const there = await readCheckpoint(folder);
  if (there !== undefined) return there;
  await removeCheckpoint(folder);
  await rename(draft, folder);
  return undefined;
}

/** From the first moment on it is no checkpoint any more. */
export async function removeCheckpoint(folder: string): Promise<void> {
  const aside = besides(folder);
  const there = await rename(folder, aside).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
  if (there) await rm(aside, { recursive: true, force: true });
}

/** What a lab that was killed left. The caller makes sure that nobody works there. */
export async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  // The copy's own draft of our draft begins with another word.
  const left = names.filter((name) => name.includes(unfinished));
  await settleAll(left.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

function besides(folder: string): string {
  return join(dirname(folder), `${unfinished}${randomBytes(4).toString('hex')}-${basename(folder)}`);
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
