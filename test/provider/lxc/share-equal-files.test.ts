import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shareEqualFiles } from '../../../src/provider/lxc/node-files/share-equal-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-share-'));
});
afterEach(() => rm(folder, { recursive: true }));

const page = 'x'.repeat(8192);
const node = (name: string): string => join(folder, name);
const inode = async (name: string, file: string): Promise<number> => (await stat(join(node(name), file))).ino;
async function put(name: string, file: string, text: string): Promise<void> {
  const path = join(node(name), file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

test('what is equal at the same place is kept once, with its content; anything else stays apart', async () => {
  for (const name of ['one', 'two', 'three']) {
    await put(name, 'var/lib/postgresql/wal', page);
    await put(name, 'var/lib/postgresql/base', page + (name === 'three' ? 'changed' : '------'));
    await put(name, 'var/lib/postgresql/mode', page);
    await put(name, 'var/lib/small', 'x');
    await put(name, 'etc/large', page);
  }
  await chmod(join(node('two'), 'var/lib/postgresql/mode'), 0o600);
  shareEqualFiles(['one', 'two', 'three'].map(node));
  expect(await inode('one', 'var/lib/postgresql/wal')).toBe(await inode('three', 'var/lib/postgresql/wal'));
  expect(await inode('one', 'var/lib/postgresql/base')).toBe(await inode('two', 'var/lib/postgresql/base'));
  for (const [other, file] of [
    ['three', 'var/lib/postgresql/base'],
    ['two', 'var/lib/postgresql/mode'],
    ['two', 'var/lib/small'],
    ['two', 'etc/large'],
  ] as const)
    expect(await inode('one', file), file).not.toBe(await inode(other, file));
  expect(await readFile(join(node('three'), 'var/lib/postgresql/base'), 'utf8')).toBe(`${page}changed`);
  expect(await readFile(join(node('three'), 'var/lib/postgresql/wal'), 'utf8')).toBe(page);
});

test('a node without data has nothing to share', async () => {
  await mkdir(node('empty'));
  expect(() => shareEqualFiles([node('empty')])).not.toThrow();
});

test.each([
  ['var', 'var'],
  ['var/lib', 'var/lib'],
  ['a folder in it', 'var/lib/postgresql'],
])('%s that is a link leads nowhere: what it points to is not touched', async (_what, link) => {
  const outside = join(folder, 'outside');
  await put('outside', 'wal', page);
  for (const name of ['one', 'two']) {
    await mkdir(dirname(join(node(name), link)), { recursive: true });
    await symlink(outside, join(node(name), link));
  }
  await put('three', 'var/lib/wal', page);
  await mkdir(join(outside, 'lib'));
  await put('outside', 'lib/wal', page);
  const before = await Promise.all(['wal', 'lib/wal'].map((file) => stat(join(outside, file))));
  shareEqualFiles(['three', 'one', 'two'].map(node));
  const after = await Promise.all(['wal', 'lib/wal'].map((file) => stat(join(outside, file))));
  expect(after.map(({ ino, nlink }) => [ino, nlink])).toEqual(before.map(({ ino, nlink }) => [ino, nlink]));
  expect(await inode('three', 'var/lib/wal')).not.toBe(before[0]?.ino);
});
