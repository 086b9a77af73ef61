// Trees of folders, files and links, against what the kernel itself says of each step.

import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountTargets } from '../../../src/provider/lxc/node-files/mount-targets.ts';
import { wayInTree } from '../../../src/provider/lxc/node-files/way-in-tree.ts';

let place: string;
beforeAll(() => void (place = mkdtempSync(join(tmpdir(), 'lab-way-'))));
afterAll(() => rmSync(place, { recursive: true }));

const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 4 });
const entry = fc.record({
  path,
  kind: fc.oneof(
    fc.constant('folder' as const),
    fc.constant('file' as const),
    fc.constantFrom('/etc', '..', '.', 'a', '../a', '/nowhere', '/proc/self/root').map((to) => ({ to })),
  ),
});

/** What can't be made there, below a file for example, is left out. */
function make(tree: string, { path, kind }: { path: string[]; kind: 'folder' | 'file' | { to: string } }): void {
  const parents = path.slice(0, -1).map((_, index) => join(tree, ...path.slice(0, index + 1)));
  if (parents.some((parent) => kindOf(parent) === 'link')) return;
  try {
    mkdirSync(join(tree, ...path.slice(0, -1)), { recursive: true });
    if (kind === 'folder') mkdirSync(join(tree, ...path));
    else if (kind === 'file') writeFileSync(join(tree, ...path), '', { flag: 'wx' });
    else symlinkSync(kind.to, join(tree, ...path));
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function kindOf(place: string): 'there' | 'absent' | 'link' {
  try {
    return lstatSync(place).isSymbolicLink() ? 'link' : 'there';
  } catch {
    return 'absent';
  }
}

test('a path is there, or it is not, or the first link on its way is told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 8 }), path, async (entries, asked) => {
      const tree = mkdtempSync(join(place, 't-'));
      for (const one of entries) make(tree, one);
      const steps = asked.map((_, index) => kindOf(join(tree, ...asked.slice(0, index + 1))));
      const expected = steps.find((step) => step !== 'there') ?? 'there';
      expect(await wayInTree(tree, asked.join('/'))).toBe(expected);
    }),
  );
});

test('a path that leads upwards is no way in a tree', async () => {
  await expect(wayInTree(place, 'a/../../b')).rejects.toThrow('leads out');
});

test('what LXC mounts in a node is what its configuration says, and what every node has', () => {
  const config = [
    'lxc.rootfs.path = overlay:/one:/two',
    'lxc.mount.entry = /pools/one var/lib/lab/pool none bind,ro,create=dir 0 0',
    'lxc.mount.entry = /nodes/.volumes/repo srv/repo none bind,create=dir 0 0',
  ].join('\n');
  expect(mountTargets(config)).toEqual(['dev', 'proc', 'sys', 'var/lib/lab/pool', 'srv/repo']);
});
