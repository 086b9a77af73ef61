// All of it at once, not by promises: a thousand small files cost a tenth of the time, and each is a moment.

import { closeSync, constants, linkSync, lstatSync, openSync, readdirSync, readSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where databases lie: what is equal there is data, without capabilities or other marks of its own. */
const dataFolder = ['var', 'lib'];
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
 * several of them is kept once (hard links); whoever copies a node out of them gets files of its own. No symbolic link is
 * followed, which a node may have put where a folder was; no node reaches a copy, so what was looked at stays what it is.
 */
export function shareEqualFiles(nodes: readonly string[]): void {
  const kept = new Map<string, DataFile[]>();
  for (const node of nodes) {
    for (const file of dataFiles(node)) {
      const place = relative(node, file.path);
      const others = kept.get(place) ?? [];
      const same = others.find((other) => equal(other, file));
      if (same === undefined) kept.set(place, [...others, file]);
      else replaceByLink(file.path, same.path);
    }
  }
}

function dataFiles(node: string): readonly DataFile[] {
  const ways = dataFolder.map((_, index) => join(node, ...dataFolder.slice(0, index + 1)));
  if (!ways.every((way) => lstatSync(way, { throwIfNoEntry: false })?.isDirectory())) return [];
  const entries = readdirSync(join(node, ...dataFolder), { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    const { size, blocks, mode, uid, gid, nlink } = lstatSync(path);
    // Nothing is won with a hole, as etcd makes them of 64 MB ahead. A link within its own node stays what it is.
    return nlink === 1 && blocks * 512 >= leastBytes ? [{ path, bytes: size, kind: [uid, gid, mode].join() }] : [];
  });
}

function equal(one: DataFile, two: DataFile): boolean {
  return one.bytes === two.bytes && one.kind === two.kind && sameContent(one.path, two.path);
}

const piece = [Buffer.allocUnsafe(262_144), Buffer.allocUnsafe(262_144)] as const;

function sameContent(one: string, two: string): boolean {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
  const files = [openSync(one, flags), openSync(two, flags)] as const;
  try {
    for (;;) {
      const read = [readSync(files[0], piece[0]), readSync(files[1], piece[1])] as const;
      if (read[0] !== read[1] || piece[0].compare(piece[1], 0, read[1], 0, read[0]) !== 0) return false;
      if (read[0] === 0) return true;
    }
  } finally {
    for (const file of files) closeSync(file);
  }
}

function replaceByLink(path: string, same: string): void {
  const draft = `${path}.lab-link`;
  linkSync(same, draft);
  renameSync(draft, path);
}
