// What a racer in a tree gets from a copy of it: nothing of this machine. It runs where no freezer holds it, as a node's did
// once. About 10 seconds.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../../src/process/run-program.ts';
import { readFirstId } from '../../../src/provider/lxc/host/id-range.ts';
import { bytesOfTrees } from '../../../src/provider/lxc/node-files/bytes-of-trees.ts';
import { copyTrees } from '../../../src/provider/lxc/node-files/copy-trees.ts';
import { removeTrees } from '../../../src/provider/lxc/node-files/remove-trees.ts';
import { testHome } from '../real-lab.ts';

/** Exchanges a folder for a link, in both directions, as fast as it can: renameat2(2), RENAME_EXCHANGE. */
const racer = `
import ctypes, sys
exchange = ctypes.CDLL(None).renameat2
print('running', flush=True)
while True:
    exchange(-100, b'folder', -100, b'link', 2)
`;

const names = Array.from({ length: 300 }, (_, index) => `file-${String(index)}`);
let place: string;
let first: number;
let end: () => Promise<void>;

beforeAll(async () => {
  first = await readFirstId();
  place = await mkdtemp(join(testHome(), 'racer-'));
  await chown(place, 0, first);
  await runProgram(['chmod', '710', place]);
  // Another lab's: the nodes' root owns them, so that its id alone keeps nobody out.
  const [tree, other] = [join(place, 'tree'), join(place, 'other')];
  for (const folder of [tree, other, join(tree, 'folder')]) {
    await mkdir(folder);
    await chown(folder, first, first);
  }
  for (const name of names) {
    await writeFile(join(tree, 'folder', name), 'own');
    await writeFile(join(other, name), 'another lab');
    await chown(join(other, name), first, first);
    await chown(join(tree, 'folder', name), first, first);
  }
  const asNode = ['-m', `b:0:${String(first)}:65536`, '--', 'sh', '-ec'];
  const script = 'cd "$0"; ln -s "$1" link; exec python3 -c "$2"';
  const child = spawn('lxc-usernsexec', [...asNode, script, tree, other, racer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  end = async () => {
    await runProgram(['pkill', '--parent', String(child.pid)]);
    await exit;
  };
});
afterAll(async () => {
  await end();
  await rm(place, { recursive: true });
});

test('a folder that is swapped for a link to another lab brings nothing of it into a copy', async () => {
  const into = join(place, 'copies');
  await mkdir(into);
  const failures: string[] = [];
  for (let round = 0; round < 8; round += 1)
    await copyTrees(first, [{ from: join(place, 'tree'), to: join(into, String(round)) }]).catch((error: unknown) =>
      failures.push(String(error)),
    );
  const files = await readdir(into, { recursive: true, withFileTypes: true });
  const contents = files.flatMap((file) => (file.isFile() ? [readFile(join(file.parentPath, file.name), 'utf8')] : []));
  expect(new Set(await Promise.all(contents))).toEqual(new Set(['own']));
  // The race took place: where the link led nowhere, the copy says so.
  expect(failures.join('\n')).toContain('could not be copied');
});

test('what is counted or removed while a folder is swapped is the tree alone', async () => {
  expect(await bytesOfTrees(runProgram, first, [join(place, 'tree')])).toBeGreaterThan(0);
  for (let round = 0; round < 8; round += 1) await removeTrees(runProgram, [join(place, 'tree', 'folder')]);
  expect(await readdir(join(place, 'other'))).toHaveLength(names.length);
  expect((await stat(join(place, 'other', names[0] ?? ''))).size).toBe('another lab'.length);
});
