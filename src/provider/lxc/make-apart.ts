import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RunProgram } from '../../model/command.ts';

/**
 * Makes a folder of many files where ext4 finds room for them at once: `make` makes it under another name, beside its
 * place. ext4 puts new files near their folder and passes over every inode there that was freed within the last minutes,
 * one by one; PostgreSQL's thousand files took seconds longer where a node had just been removed. A folder in a "top of
 * directory hierarchies" (chattr(1), T) gets a place of its own, chosen by its name. Other file systems know no such
 * attribute and need none.
 */
export async function makeApart(
  run: RunProgram,
  folder: string,
  make: (draft: string) => Promise<void>,
): Promise<void> {
  await run(['chattr', '+T', dirname(folder)]);
  const draft = `${folder}.${randomBytes(6).toString('hex')}`;
  await make(draft);
  await rename(draft, folder);
}
