import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  keepChapterEnd,
  listChapterEnds,
  removeStaleChapterEnds,
  staleChapterEnds,
  whileChapterEndsStay,
} from '../../src/checkpoints/chapter-ends.ts';
import { type CopyInto } from '../../src/checkpoints/make-checkpoint.ts';
import { parseManifest } from '../../src/checkpoints/manifest.ts';
import { findOwn, listOwn, removeOwn, saveOwn } from '../../src/checkpoints/own-checkpoints.ts';
import { chapterEndsDirectory } from '../../src/checkpoints/places.ts';
import { chapterId, editionName, labName } from '../../src/model/ids.ts';
import { checkpointFacts } from '../build/checkpoint.ts';

let home: string;
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'lab-checkpoints-'))));
afterEach(() => rm(home, { recursive: true }));

/** What a copy of nodes looks like from here: some file in a folder that didn't exist. */
const copying =
  (content: string): CopyInto =>
  async (folder) => {
    await mkdir(folder);
    await writeFile(join(folder, 'content'), content);
    return { frozenSeconds: 0.8, bytes: 1000 };
  };
const cutOff: CopyInto = async (folder) => {
  await mkdir(folder);
  await writeFile(join(folder, 'content'), 'half');
  throw new Error('cut off');
};
const never: CopyInto = () => Promise.reject(new Error('copied once too often'));
const content = (folder: string) => readFile(join(folder, 'content'), 'utf8');

describe("a lab's own checkpoints", () => {
  const place = () => ({ home, lab: labName('alice') });
  const folder = () => join(home, 'labs', 'alice', 'checkpoints');
  const facts = checkpointFacts();

  it('are found again by name, with all that was known', async () => {
    const saved = await saveOwn(place(), 'lunch', facts, copying('rows'));
    expect(saved).toEqual({
      ...facts,
      name: 'lunch',
      folder: join(folder(), 'lunch'),
      frozenSeconds: 0.8,
      bytes: 1000,
    });
    expect(await findOwn(place(), 'lunch')).toEqual(saved);
    expect(await content(saved.folder)).toBe('rows');
  });

  it('are listed in the order in which they were taken', async () => {
    await saveOwn(place(), 'b', { ...facts, takenAt: '2026-11-23T10:00:00.000Z' }, copying(''));
    await saveOwn(place(), 'a', { ...facts, takenAt: '2026-11-23T11:00:00.000Z' }, copying(''));
    expect((await listOwn(place())).map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('a name that is not there is a usage error with the nearest', async () => {
    await expect(findOwn(place(), 'lunch')).rejects.toMatchObject({ code: 'checkpoint-unknown', exit: 2 });
    await saveOwn(place(), 'before-lunch', facts, copying(''));
    await expect(findOwn(place(), 'before-lunhc')).rejects.toMatchObject({
      code: 'checkpoint-unknown',
      hint: { en: 'Did you mean before-lunch? This lab has: before-lunch.' },
    });
  });

  it('a name that could leave the folder is refused', async () => {
    await expect(saveOwn(place(), '../x', facts, never)).rejects.toMatchObject({
      code: 'checkpoint-name-invalid',
      exit: 2,
    });
  });

  it('are not overwritten by accident, and replaced when asked for', async () => {
    await saveOwn(place(), 'lunch', facts, copying('first'));
    await expect(saveOwn(place(), 'lunch', facts, never)).rejects.toMatchObject({ code: 'checkpoint-exists', exit: 2 });
    const second = await saveOwn(place(), 'lunch', facts, copying('second'), { replace: true });
    expect(await content(second.folder)).toBe('second');
    expect(await readdir(folder())).toEqual(['lunch']);
  });

  it('a save that fails leaves what was there', async () => {
    await saveOwn(place(), 'lunch', facts, copying('first'));
    await expect(saveOwn(place(), 'lunch', facts, cutOff, { replace: true })).rejects.toThrow('cut off');
    expect(await content((await findOwn(place(), 'lunch')).folder)).toBe('first');
    expect(await readdir(folder())).toEqual(['lunch']);
  });

  it('a folder without its manifest is none, and what a killed lab left goes with the next save', async () => {
    await mkdir(join(folder(), '.draft-.tmp-12-lunch'), { recursive: true });
    await mkdir(join(folder(), 'half'), { recursive: true });
    expect(await listOwn(place())).toEqual([]);
    await saveOwn(place(), 'half', facts, copying('whole'));
    expect(await readdir(folder())).toEqual(['half']);
  });

  it('are removed by name', async () => {
    await saveOwn(place(), 'lunch', facts, copying(''));
    await removeOwn(place(), 'lunch');
    expect(await listOwn(place())).toEqual([]);
    await expect(removeOwn(place(), 'lunch')).rejects.toMatchObject({ code: 'checkpoint-unknown' });
  });
});

describe('ends of chapters', () => {
  const place = () => ({ home, workshop: 'test', edition: editionName('trixie') });
  const one = chapterId(1);
  const two = chapterId(2);
  const keys = new Map([
    [one, 'aaa111'],
    [two, 'bbb222'],
  ]);
  const keep = (chapter: typeof one, copy: CopyInto, of = keys) =>
    keepChapterEnd(place(), of, { ...checkpointFacts(), chapter }, copy);
  const folders = async () => (await readdir(chapterEndsDirectory(place()))).filter((name) => name !== 'lock').sort();

  it('are kept once and listed', async () => {
    expect(await listChapterEnds(place(), keys)).toEqual([]);
    const first = await keep(two, copying('rows'));
    expect(first).toMatchObject({ name: null, chapter: two, state: 'done', bytes: 1000 });
    expect(await keep(two, never)).toEqual(first);
    expect(await listChapterEnds(place(), keys)).toEqual([first]);
    expect(await content(first.folder)).toBe('rows');
  });

  it('of two labs that keep the same one at the same time, one is kept', async () => {
    const both = await Promise.all([keep(one, copying('first')), keep(one, copying('second'))]);
    expect(both[0].folder).toBe(both[1].folder);
    expect(['first', 'second']).toContain(await content(both[0].folder));
    expect(await folders()).toEqual(['chapter-1-aaa111']);
  });

  it('with a key that is no longer current are not listed, and go when a new one of that chapter is kept', async () => {
    await keep(one, copying(''));
    await keep(two, copying(''));
    const changed = new Map([
      [one, 'ccc333'],
      [two, 'ddd444'],
    ]);
    expect(await listChapterEnds(place(), changed)).toEqual([]);
    await keep(one, copying(''), changed);
    expect(await folders()).toEqual(['chapter-1-ccc333', 'chapter-2-bbb222']);
    expect(await removeStaleChapterEnds(place(), changed)).toBe(1);
    expect(await folders()).toEqual(['chapter-1-ccc333']);
  });

  it('stay while one of them is being restored, and go the next time', async () => {
    await keep(one, copying('rows'));
    const none = new Map<typeof one, string>();
    await whileChapterEndsStay(place(), async () => {
      expect(await removeStaleChapterEnds(place(), none)).toBe(0);
      // Another one may be restored meanwhile, and kept.
      await keep(two, copying(''));
      await whileChapterEndsStay(place(), () => Promise.resolve());
      expect(await folders()).toEqual(['chapter-1-aaa111', 'chapter-2-bbb222']);
    });
    expect(await removeStaleChapterEnds(place(), none)).toBe(2);
  });

  it('one that was cut off is none; what is left of it goes', async () => {
    await expect(keep(one, cutOff)).rejects.toThrow('cut off');
    expect(await folders()).toEqual([]);
    await mkdir(join(chapterEndsDirectory(place()), '.tmp-12-chapter-1-aaa111'));
    await removeStaleChapterEnds(place(), keys);
    expect(await folders()).toEqual([]);
  });

  it('one whose manifest was damaged is made again', async () => {
    const { folder } = await keep(one, copying('first'));
    await writeFile(join(folder, 'checkpoint.json'), '{');
    expect(await listChapterEnds(place(), keys)).toEqual([]);
    expect(await content((await keep(one, copying('second'))).folder)).toBe('second');
  });

  it('nothing but ends of chapters is ever stale', () => {
    const names = [
      'lock',
      'chapter-1-aaa111',
      'chapter-1-abc',
      'chapter-3-abc',
      'notes',
      'chapter-1',
      '.tmp-1-chapter-1-abc',
    ];
    expect(staleChapterEnds(names, keys)).toEqual(['chapter-1-abc', 'chapter-3-abc']);
    expect(staleChapterEnds(names, keys, one)).toEqual(['chapter-1-abc']);
  });
});

describe('a manifest', () => {
  const manifest = { format: 1, name: 'x', ...checkpointFacts(), frozenSeconds: 1, bytes: 2 };
  const parse = (change: object) => parseManifest(JSON.stringify({ ...manifest, ...change }));

  it('is read as it was written', () => expect(parse({})).toEqual({ ...manifest, format: undefined }));
  it.each([
    ['of another format', { format: 2 }],
    ['without a history', { history: undefined }],
    ['with a state that does not exist', { state: 'half' }],
    ['whose nodes have no names', { nodes: [{ image: 'base' }] }],
  ])('%s is none', (_, change) => expect(parse(change)).toBeUndefined());
  it('that is no JSON is none', () => expect(parseManifest('{')).toBeUndefined());
});
