import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** open(2): names a file without opening it; neither a pipe nor a device notices. Node has no name for it. */
const pathOnly = 0o10000000;

/**
 * What a path in a node's tree leads to, from folder to folder by descriptors and through no symbolic link: `link` is one on
 * the way or at its end, whatever is swapped meanwhile. A mount on the way is passed.
 */
export async function wayInTree(tree: string, path: string): Promise<'there' | 'absent' | 'link'> {
  const names = path.split('/').filter((name) => name !== '');
  if (names.includes('..')) throw new Error(`${path} leads out of a tree`);
  const opened: FileHandle[] = [];
  const stepInto = async (place: string, flags: number): Promise<FileHandle> => {
    const handle = await open(place, pathOnly | flags);
    opened.push(handle);
    return handle;
  };
  try {
    let at = await stepInto(tree, constants.O_DIRECTORY);
    for (const name of names) {
      at = await stepInto(`/proc/self/fd/${String(at.fd)}/${name}`, constants.O_NOFOLLOW);
      if ((await at.stat()).isSymbolicLink()) return 'link';
    }
    return 'there';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
    throw error;
  } finally {
    for (const handle of opened) await handle.close();
  }
}
