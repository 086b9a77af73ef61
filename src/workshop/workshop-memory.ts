import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type Workshop } from '../model/workshop.ts';
import { type WorkshopFiles } from './read-files.ts';

export interface WorkshopMemory {
  /** What was made of the same files by the same program; null: nothing was, or it can't be read. */
  recall(files: WorkshopFiles): Promise<Workshop | null>;
  /** Never fails: it is only slower without. */
  keep(files: WorkshopFiles, workshop: Workshop): Promise<void>;
}

/**
 * Reading and checking a workshop takes half a second, and nothing about it changes from one command to the next: what
 * came of it is kept in `folder`, whose parent has to be there, under everything that it was made of. `program` is the
 * file that changes with every build. A workshop has passwords: only its owner reads it there.
 */
export function createWorkshopMemory(folder: string, program: string): WorkshopMemory {
  return {
    recall: async (files) => {
      try {
        const name = nameFor(files, await readFile(program));
        return deserialize(await readFile(join(folder, name))) as Workshop;
      } catch {
        return null;
      }
    },
    keep: async (files, workshop) => {
      try {
        const name = nameFor(files, await readFile(program));
        await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
        // One of an older lab.
        await chmod(folder, 0o700);
        const draft = join(folder, `${name}.${String(process.pid)}`);
        await writeFile(draft, serialize(workshop), { mode: 0o600 });
        await rename(draft, join(folder, name));
        for (const other of await readdir(folder)) if (other !== name) await rm(join(folder, other), { force: true });
      } catch {
        // A home that is not there yet, or is somebody else's.
      }
    },
  };
}

function nameFor({ directory, workshop, folders }: WorkshopFiles, program: Buffer): string {
  const chapters = Array.from(folders, ([name, { files, ...texts }]) => [name, texts, [...files]]);
  const everything = JSON.stringify([resolve(directory), workshop, chapters]);
  return createHash('sha256').update(program).update(everything).digest('hex');
}
