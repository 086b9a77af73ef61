import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** open(2): names a file without opening it; neither a pipe nor a device notices. Node has no name for it. */
const pathOnly = 0o10000000;
/** Certificates and keys take some thousand bytes. */
const mostBytes = 65_536;

/**
 * A file of a node, read from this machine; null where there is none that can be trusted. Its root may put anything there
 * at any moment. Only a regular, small file of the very file system that the node's root is counts: a symbolic link would
 * lead into this machine's own files, and what is mounted over the file may be anything of the kernel's.
 */
export function fileInRoot(root: string, path: string): string | null {
  const names = path.split('/').filter((name) => name !== '');
  if (names.includes('..')) return null;
  const opened: number[] = [];
  const open = (place: string, flags: number): number => {
    const descriptor = openSync(place, flags);
    opened.push(descriptor);
    return descriptor;
  };
  try {
    if (names.some((_, index) => lstatSync(join(root, ...names.slice(0, index + 1))).isSymbolicLink())) return null;
    const top = open(root, pathOnly | constants.O_DIRECTORY);
    const file = open(join(root, path), pathOnly | constants.O_NOFOLLOW);
    // Whatever was swapped since: this is the file that counts, and where it lies.
    if (mountOf(file) !== mountOf(top) || !fstatSync(file).isFile()) return null;
    return readSmall(open(`/proc/self/fd/${String(file)}`, constants.O_RDONLY | constants.O_NONBLOCK));
  } catch {
    return null;
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}

function mountOf(descriptor: number): string {
  const told = /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${String(descriptor)}`, 'utf8'))?.[1];
  if (told === undefined) throw new Error('this kernel does not tell where a file lies');
  return told;
}

/** null: it is larger, or grows. */
function readSmall(file: number): string | null {
  const bytes = Buffer.alloc(mostBytes + 1);
  let taken = 0;
  for (;;) {
    const more = readSync(file, bytes, taken, bytes.length - taken, null);
    if (more === 0) return bytes.toString('utf8', 0, taken);
    taken += more;
    if (taken > mostBytes) return null;
  }
}
