import { type Stats, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file of a node, read from this machine; null where there is none. Also where a symbolic link is on the way: from here
 * an absolute one would lead into this machine's own files.
 */
export function fileInRoot(root: string, path: string): string | null {
  const names = path.split('/').filter((name) => name !== '');
  if (names.includes('..')) return null;
  try {
    const way = names.map((_, index): Stats => lstatSync(join(root, ...names.slice(0, index + 1))));
    if (way.some((one) => one.isSymbolicLink()) || way.at(-1)?.isFile() !== true) return null;
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}
