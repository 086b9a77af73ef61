import { link, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Where databases lie: what is equal there is data, without capabilities or other marks of its own. */
const dataFolder = join('var', 'lib');
/** A page of PostgreSQL; what is smaller isn't worth it. */
const leastBytes = 8192;

interface DataFile {
  readonly path: string;
  readonly bytes: number;
  /** Owner, group and mode: what a link has in common beside the content. */
  readonly kind: string;
}

/**
 * Replicas are copies of their leader, so the copies of nodes hold much of the same. What is equal at the same place in
 * several of them is kept once (hard links); whoever copies a node out of them gets files of its own.
 */
export async function shareEqualFiles(nodes: readonly string[]): Promise<void> {
  const kept = new Map<string, DataFile[]>();
  for (const node of nodes) {
    for (const file of await dataFiles(node)) {
      const place = relative(node, file.path);
      const others = kept.get(place) ?? [];
      const same = await findEqual(file, others);
      if (same === undefined) kept.set(place, [...others, file]);
      else await replaceByLink(file.path, same.path);
    }
  }
}

async function dataFiles(node: string): Promise<readonly DataFile[]> {
  const entries = await readdir(join(node, dataFolder), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (path) => {
      const { size, mode, uid, gid, nlink } = await stat(path);
      // A link within its own node stays what it is.
      return nlink === 1 && size >= leastBytes ? [{ path, bytes: size, kind: [uid, gid, mode].join() }] : [];
    }),
  );
  return found.flat();
}

async function findEqual(file: DataFile, others: readonly DataFile[]): Promise<DataFile | undefined> {
  for (const other of others) {
    if (other.bytes !== file.bytes || other.kind !== file.kind) continue;
    const [one, two] = await Promise.all([readFile(file.path), readFile(other.path)]);
    if (one.equals(two)) return other;
  }
  return undefined;
}

async function replaceByLink(path: string, same: string): Promise<void> {
  const draft = `${path}.lab-link`;
  await link(same, draft);
  await rename(draft, path);
}
