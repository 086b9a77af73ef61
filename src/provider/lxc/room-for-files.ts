// Where ext4 puts the files of a node. It puts new files near their folder and passes over every inode there that was
// freed within the last minutes, one by one: PostgreSQL's thousand files took seconds longer where a node had just been
// removed. A folder in a "top of directory hierarchies" (chattr(1), T) gets a place of its own, chosen by its name, so a
// folder with a new name lies where nobody has deleted anything. Other file systems know no such attribute and need none.

import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { type RunProgram } from '../../model/command.ts';

/** Folders that are made in these from now on get places of their own. */
export async function spreadFolders(run: RunProgram, parents: readonly string[]): Promise<void> {
  await run(['chattr', '+T', ...parents]);
}

/** `make` makes the folder under a new name, which it is then renamed from. */
export async function underNewName(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${folder}.${randomBytes(6).toString('hex')}`;
  await make(draft);
  await rename(draft, folder);
}
