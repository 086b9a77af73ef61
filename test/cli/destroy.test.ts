import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { destroy } from '../../src/cli/down.ts';
import { list } from '../../src/cli/list.ts';
import { prepareChapters } from '../../src/cli/prepare-chapters.ts';
import { up } from '../../src/cli/up.ts';
import { labPaths, labsDirectory } from '../../src/model/home-paths.ts';
import { labName } from '../../src/model/ids.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';

const made: CliWorld[] = [];
afterEach(async () => {
  for (const { invocation } of made.splice(0)) await rm(invocation.home, { recursive: true });
});
async function newWorld(...change: Parameters<typeof cliWorld>): Promise<CliWorld> {
  const one = await cliWorld(...change);
  made.push(one);
  return one;
}
const labs = ({ invocation }: CliWorld) => readdir(labsDirectory(invocation.home));

test('a lab that is destroyed is gone, with its folder', async () => {
  const one = await newWorld();
  await up(one.world, one.invocation, undefined, {});
  expect(await labs(one)).toEqual(['alice']);
  expect(await destroy(one.world, one.invocation)).toBe(0);
  expect(await labs(one)).toEqual([]);
  expect(one.machine(one.invocation.lab)).toMatchObject({ network: 'absent', nodes: new Map() });
});

test('whoever comes in meanwhile is refused, or has a new folder alone, and nothing of it is removed', async () => {
  let comesIn: () => void = () => undefined;
  const one = await newWorld({ beforeEffect: () => comesIn() });
  const { lock: file, directory, nodes } = labPaths(one.invocation.home, one.invocation.lab);
  await up(one.world, one.invocation, undefined, {});
  for (let n = 0; n < 2000; n++) await mkdir(join(nodes, String(n)), { recursive: true });
  const outcomes: string[] = [];
  const takeLock = async (): Promise<void> => {
    for (;;) {
      const lock = await one.services.lock(file).catch(() => null);
      outcomes.push(lock === null ? 'refused' : 'alone');
      if (lock !== null) return;
    }
  };
  let other: Promise<void> | undefined;
  comesIn = () => {
    other ??= takeLock().then(() => writeFile(join(directory, 'mine'), ''));
  };
  expect(await destroy(one.world, one.invocation)).toBe(0);
  await other;
  expect(await readdir(directory)).toEqual(['lock', 'mine']);
  expect(await labs(one)).toEqual(['alice']);
  expect([outcomes[0], outcomes.at(-1)]).toEqual(['refused', 'alone']);
});

test('what a destroy that was killed left behind is no lab, and the next one removes it', async () => {
  const one = await newWorld();
  const left = join(labsDirectory(one.invocation.home), '.gone-0123abcd-alice');
  await mkdir(join(left, 'nodes'), { recursive: true });
  await writeFile(
    join(left, 'journal.jsonl'),
    '{"kind":"lab-created","run":"r","edition":"trixie","workshop":"test"}\n',
  );
  await list(one.world, one.invocation);
  expect(one.out()).not.toContain('gone');
  await expect(destroy(one.world, one.invocation)).rejects.toMatchObject({ code: 'lab-unknown', exit: 2 });
  expect(await labs(one)).toEqual([]);
});

test('prepare --chapters keeps every end, and never touches a lab that a person made', async () => {
  const one = await newWorld();
  const own = labName('prepare-trixie');
  await up(one.world, { ...one.invocation, lab: own }, 'chapter-1', {});
  const workshop = await one.services.loadWorkshop();
  const [edition] = workshop.editions;
  if (edition === undefined) throw new Error('the test workshop has an edition');
  await prepareChapters(one.world, one.invocation, workshop, edition);
  expect((await one.services.chapterEnds(workshop, edition.name).list()).map(({ chapter }) => chapter)).toEqual([
    'chapter-1',
    'chapter-2',
  ]);
  expect(await labs(one)).toEqual(['prepare-trixie']);
  expect([...one.machine(own).nodes.keys()]).toEqual(['a']);
});
