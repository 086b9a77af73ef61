import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findUnneeded, prune } from '../../src/cli/prune.ts';
import { type Services, type World } from '../../src/cli/services.ts';
import { up } from '../../src/cli/up.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { editionName, labName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { cliWorld, type CliWorld, quietWorkshop } from './cli-world.ts';

let one: CliWorld;
beforeEach(async () => void (one = await cliWorld({ services: { run: runProgram } })));
afterEach(() => rm(one.invocation.home, { recursive: true }));

const withServices = (change: Partial<Services>): World => ({
  ...one.world,
  services: () => Promise.resolve({ ...one.services, ...change }),
});
const at = (path: string) => join(one.invocation.home, path);
const folder = async (path: string) => {
  await mkdir(at(path), { recursive: true });
  return path;
};
const unneeded = async () =>
  (await findUnneeded(one.services, quietWorkshop(), one.invocation)).map(({ kind, path }) => [
    kind,
    path.slice(one.invocation.home.length + 1),
  ]);

async function rubbish(): Promise<readonly string[]> {
  await up(one.world, one.invocation, undefined, {});
  const { transcripts } = labPaths('', one.invocation.lab);
  for (let run = 10; run < 32; run += 1) await writeFile(at(`${transcripts}/20200101-0000${String(run)}-000.log`), 'x');
  return [
    await folder('checkpoints/test/trixie/chapter-1-0123abcd'),
    await folder('checkpoints/test/trixie/.tmp-1-chapter-2-0123abcd'),
    await folder('labs/.gone-1-bob'),
    await folder('labs/alice/nodes/.draft-a'),
    await folder('labs/alice/checkpoints/.tmp-1-lunch'),
    ...['10', '11', '12'].map((run) => `labs/alice/transcripts/20200101-0000${run}-000.log`),
  ];
}

test('what nothing needs is found, and neither the lab nor the ends that are current', async () => {
  const paths = await rubbish();
  expect((await unneeded()).map(([, path]) => path)).toEqual(paths);
});

test('--dry-run shows it, and removes nothing', async () => {
  const paths = await rubbish();
  expect(await prune(one.world, one.invocation, { dryRun: true })).toBe(0);
  expect(one.out()).toContain(at(paths[0] ?? ''));
  expect((await unneeded()).map(([, path]) => path)).toEqual(paths);
});

test('it is removed, and nothing else: the lab goes on', async () => {
  await rubbish();
  const before = (await readdir(at('labs/alice'))).sort();
  expect(await prune(one.world, one.invocation, {})).toBe(0);
  expect(await unneeded()).toEqual([]);
  expect((await readdir(at('labs/alice'))).sort()).toEqual(before);
  const ends = await one.services.chapterEnds(quietWorkshop(), editionName('trixie')).list();
  expect(ends.map(({ chapter }) => chapter)).toEqual(['chapter-1', 'chapter-2']);
  expect(await up(one.world, one.invocation, undefined, {})).toBe(0);
});

test('while a lab is changed nothing is removed: exit status 5', async () => {
  const paths = await rubbish();
  const during: { pruned?: Promise<unknown> } = {};
  const world = withServices({
    prepareHost: async () => {
      during.pruned = prune(one.world, one.invocation, {});
      await during.pruned.catch(() => undefined);
      return [];
    },
  });
  await up(world, { ...one.invocation, lab: labName('bob') }, undefined, {});
  await expect(during.pruned).rejects.toMatchObject({ code: 'home-in-use', exit: 5 });
  expect((await unneeded()).map(([, path]) => path)).toEqual(paths);
});

test('twenty commands at once: nothing is removed while a lab is changed, nor changed while it is removed', async () => {
  let changing = 0;
  let overlaps = 0;
  let removals = 0;
  const world = withServices({
    provider: (...of) => {
      const real = one.services.provider(...of);
      return {
        ...real,
        startNode: async (...node) => {
          changing += 1;
          await real.startNode(...node);
          for (let turn = 0; turn < 50; turn += 1) await setImmediate();
          changing -= 1;
        },
      };
    },
    run: async (argv, options) => {
      if (argv[0] !== 'rm') return runProgram(argv, options);
      removals += 1;
      overlaps += changing;
      const result = await runProgram(argv, options);
      overlaps += changing;
      return result;
    },
  });
  const work = Array.from({ length: 20 }, async (_, turn) => {
    const lab = labName(`lab${String(turn)}`);
    if (turn % 2 === 0) return up(world, { ...one.invocation, lab }, undefined, {});
    await folder(`checkpoints/test/trixie/chapter-1-0${String(turn)}`);
    return prune(world, one.invocation, {});
  });
  const ended = await Promise.allSettled(work);
  const failures = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as { code?: string }] : []));
  expect(failures.filter(({ code }) => code !== 'home-in-use')).toEqual([]);
  expect(overlaps).toBe(0);
  expect(ended.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(10);
  expect(removals).toBeLessThanOrEqual(10);
});
