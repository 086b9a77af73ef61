// A workshop's folder may come from anybody: what is read there is a file or a folder of its own. A link could lead to
// /etc/shadow, whose content would stand in a message; a pipe would keep lab waiting; opening a device does things.

import { constants, type Stats } from 'node:fs';
import { lstat, open, stat, type FileHandle } from 'node:fs/promises';
import { words, type Words } from '../model/words.ts';

export type Opened =
  | { readonly kind: 'open'; readonly handle: FileHandle; readonly bytes: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: Words };

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = constants;

/**
 * Opens a regular file or a folder, and nothing else, without waiting. `followed`: the path is a person's own, and may be
 * a link. What is of the other kind is absent.
 */
export async function openInside(
  path: string,
  wanted: 'file' | 'folder',
  link: 'refused' | 'followed' = 'refused',
): Promise<Opened> {
  const followed = link === 'followed';
  try {
    // Before it is opened, for a device; and again afterwards, since it may have been exchanged.
    const before = judge(await (followed ? stat(path) : lstat(path)), wanted);
    if (before !== null) return before;
    const handle = await open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | (followed ? 0 : O_NOFOLLOW));
    const found = await handle.stat();
    const after = judge(found, wanted);
    if (after === null) return { kind: 'open', handle, bytes: found.size };
    await handle.close();
    return after;
  } catch (error) {
    return notOpened(error);
  }
}

/** What lies in an open folder, by a path that no exchange of the folders above leads elsewhere. */
export function pathInside(folder: FileHandle, name = ''): string {
  return `/proc/self/fd/${String(folder.fd)}/${name}`;
}

function judge(found: Stats, wanted: 'file' | 'folder'): Exclude<Opened, { kind: 'open' }> | null {
  if (found.isSymbolicLink()) return { kind: 'refused', why: isLink };
  if (found.isFile()) return wanted === 'file' ? null : { kind: 'absent' };
  if (found.isDirectory()) return wanted === 'folder' ? null : { kind: 'absent' };
  return { kind: 'refused', why: isSpecial };
}

function notOpened(error: unknown): Opened {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  if (code === 'ELOOP') return { kind: 'refused', why: isLink };
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENXIO' || code === 'ENAMETOOLONG')
    return { kind: 'refused', why: words(`this can't be read (${code})`, `ceci ne peut pas être lu (${code})`) };
  throw error;
}

const isLink = words(
  'this is a symbolic link; a workshop is made of files and folders of its own',
  'ceci est un lien symbolique ; un atelier se compose de ses propres fichiers et dossiers',
);

const isSpecial = words(
  'this is neither a file nor a folder, but a pipe, a socket or a device',
  "ceci n'est ni un fichier ni un dossier, mais un tube, un socket ou un périphérique",
);
