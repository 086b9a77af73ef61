import { mkdir, rm } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { next } from '../../src/cli/next.ts';
import { start } from '../../src/cli/start.ts';
import { watch } from '../../src/cli/watch.ts';
import { openJournal, readHistory } from '../../src/journal/open-journal.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { chapterId, checkId, editionName, nodeName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { cliWorld, type CliWorld, quietWorkshop } from './cli-world.ts';

let at: CliWorld;

/** Of both chapters, something is learnt; with `open`, a check of chapter 1 does not pass. */
function workshop(open: boolean): Workshop {
  const quiet = quietWorkshop();
  const check = { id: checkId('runs'), kind: 'service-runs', with: { unit: 'etcd' }, withinSeconds: undefined };
  const on = { kind: 'node', node: nodeName('a') } as const;
  return {
    ...quiet,
    chapters: quiet.chapters.map((chapter, index) => ({
      ...chapter,
      steps: chapter.steps.map((step) => (open && index === 0 ? { ...step, checks: [{ ...check, on }] } : step)),
      words: {
        en: { ...chapter.words.en, learnt: [`the lesson of ${chapter.slug}`] },
        fr: { ...chapter.words.fr, learnt: [`la leçon de ${chapter.slug}`] },
      },
    })),
  };
}

async function lab(chapter: number, open = false): Promise<CliWorld> {
  at = await cliWorld({ workshop: workshop(open) });
  const { directory, journal: file } = labPaths(at.invocation.home, at.invocation.lab);
  await mkdir(directory, { recursive: true });
  const journal = await openJournal(file, 'test', () => new Date());
  await journal.append({
    kind: 'lab-created',
    edition: editionName('trixie'),
    workshop: 'test',
    directory: '/nowhere',
  });
  await journal.append({ kind: 'chapter-opened', chapter: chapterId(chapter) });
  await journal.close();
  return at;
}

const chapterNow = async () => (await readHistory(labPaths(at.invocation.home, at.invocation.lab).journal)).chapter?.id;

afterEach(() => rm(at.invocation.home, { recursive: true }));

test('a chapter that is done: what stays of it, and the next one begins', async () => {
  const { world, invocation, out } = await lab(1);
  expect(await next(world, invocation)).toBe(0);
  expect(out()).toContain('the lesson of c1');
  expect(out()).toContain('at the beginning of chapter-2');
  expect(await chapterNow()).toBe('chapter-2');
});

test('one that is open is named with what is missing, and stays', async () => {
  const { world, invocation, out } = await lab(1, true);
  await expect(next(world, invocation)).rejects.toMatchObject({ code: 'chapter-open', exit: 1 });
  expect(out()).not.toContain('the lesson');
  expect(await chapterNow()).toBe('chapter-1');
});

test('after the last chapter there is no other', async () => {
  const { world, invocation, out } = await lab(2);
  expect(await next(world, invocation)).toBe(0);
  expect(out()).toContain('the lesson of c2');
  expect(out()).toContain('That was the last chapter.');
});

test('watch of a chapter that is done says so, notes it, and names the next thing to type', async () => {
  const { world, invocation, out } = await lab(1);
  expect(await watch(world, invocation)).toBe(0);
  expect(out()).toContain('chapter-1: every check passes.\nNext: lab next\n');
  expect((await readHistory(labPaths(invocation.home, invocation.lab).journal)).chapter?.state).toBe('done');
});

test('a chapter that is begun out of turn says which ones come first', async () => {
  const { world, invocation, out } = await lab(1);
  expect(await start(world, invocation, 'c2')).toBe(0);
  expect(out()).toContain('Chapter 1 comes first: it is not done yet, and lab does it.');
});
