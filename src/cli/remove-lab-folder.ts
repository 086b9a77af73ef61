import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { labPaths, labsDirectory } from '../model/home-paths.ts';
import { type LabName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';

/** No lab's name begins with it. */
const gone = '.gone-';

/**
 * The caller holds the lab's lock, whose file is in the folder: it is moved away as a whole first, so that whoever comes
 * next begins a new folder with a lock of its own, and nobody writes into what is being removed.
 */
export async function removeLabFolder(home: string, lab: LabName): Promise<void> {
  const aside = join(labsDirectory(home), `${gone}${randomBytes(4).toString('hex')}-${lab}`);
  await rename(labPaths(home, lab).directory, aside);
  await rm(aside, { recursive: true, force: true });
}

/** What a `lab destroy` that was killed had moved away. */
export async function removeLeftovers(home: string): Promise<void> {
  const left = (await readdir(labsDirectory(home)).catch(() => [])).filter(isLeftover);
  await settleAll(left.map((name) => rm(join(labsDirectory(home), name), { recursive: true, force: true })));
}

export function isLeftover(name: string): boolean {
  return name.startsWith(gone);
}
