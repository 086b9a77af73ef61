import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepare } from '../../src/cli/prepare.ts';
import { up } from '../../src/cli/up.ts';
import { labPaths, labsDirectory } from '../../src/model/home-paths.ts';
import { type ChapterId, editionName } from '../../src/model/ids.ts';
import { preparationLab } from '../../src/model/lab-name.ts';
import { cliWorld, type CliWorld, quietWorkshop } from './cli-world.ts';

const edition = editionName('trixie');
const lab = preparationLab('test', edition);
let one: CliWorld;
beforeEach(async () => void (one = await cliWorld()));
afterEach(() => rm(one.invocation.home, { recursive: true }));

const ends = () => one.services.chapterEnds(quietWorkshop(), edition);
const kept = async () => (await ends().list()).map(({ chapter }) => chapter);
const lose = async (chapter: ChapterId | string) => {
  const found = (await ends().list()).find((end) => end.chapter === chapter);
  if (found !== undefined) await rm(found.folder, { recursive: true });
};
const prepared = () => prepare(one.world, one.invocation, { chapters: true });

test.each(['chapter-1', 'chapter-2'])('the end of %s, lost, is built again, the other one is kept', async (chapter) => {
  await prepared();
  const other = (await ends().list()).find((end) => end.chapter !== chapter);
  await lose(chapter);
  expect(await prepared()).toBe(0);
  expect(await kept()).toEqual(['chapter-1', 'chapter-2']);
  expect((await ends().list()).find((end) => end.chapter !== chapter)).toEqual(other);
  expect(await readdir(labsDirectory(one.invocation.home))).toEqual([]);
  expect(one.out()).toContain('Ready without a network: trixie.');
});

test('an end that a kill took, after which the lab has gone on, is built again', async () => {
  await up(one.world, { ...one.invocation, lab }, undefined, {});
  await lose('chapter-1');
  await lose('chapter-2');
  expect(await kept()).toEqual([]);
  expect(await prepared()).toBe(0);
  expect(await kept()).toEqual(['chapter-1', 'chapter-2']);
});

test('a lab whose nodes were never made is no hindrance', async () => {
  const { journal } = labPaths(one.invocation.home, lab);
  await mkdir(dirname(journal), { recursive: true });
  const line = { at: '', run: 'r', kind: 'lab-created', edition, workshop: 'test', directory: '/nowhere' };
  await appendFile(journal, `${JSON.stringify(line)}\n`);
  expect(await prepared()).toBe(0);
  expect(await kept()).toEqual(['chapter-1', 'chapter-2']);
});

test('what could not be kept is not called ready', async () => {
  const real = ends();
  const never = { ...real, keep: () => Promise.resolve() };
  const deaf = await cliWorld({ services: { chapterEnds: () => never } });
  await expect(prepare(deaf.world, one.invocation, { chapters: true })).rejects.toMatchObject({
    code: 'ends-not-kept',
    exit: 1,
    what: { en: 'Built, and not kept (trixie): the end of chapter-1, chapter-2. It is not ready.' },
  });
  expect(deaf.out()).not.toContain('Ready');
  expect(await readdir(labsDirectory(one.invocation.home))).toEqual([]);
  await rm(deaf.invocation.home, { recursive: true });
});
