import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { complete } from '../../src/cli/complete.ts';
import { labName } from '../../src/model/ids.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { type Language } from '../../src/model/words.ts';
import { cliWorld } from './cli-world.ts';

const { world, invocation } = await cliWorld();
const alice = labPaths(invocation.home, labName('alice'));
await mkdir(join(alice.directory, 'checkpoints', 'before-lunch'), { recursive: true });
await mkdir(join(alice.directory, 'checkpoints', '.tmp-unfinished'));
await mkdir(join(alice.directory, 'checkpoints', 'a $(reboot)'));
await mkdir(labPaths(invocation.home, labName('bob')).directory, { recursive: true });
const opened = { at: '2026-01-01T00:00:00Z', run: 'x', kind: 'chapter-opened', chapter: 'chapter-1' };
await writeFile(alice.journal, `${JSON.stringify(opened)}\n`);
afterAll(() => rm(invocation.home, { recursive: true }));

/** What may come next, without what it is. */
async function next(typed: readonly string[], language: Language = 'en'): Promise<readonly string[]> {
  return (await lines(typed, language)).map((line) => line.replace(/\t.*/, ''));
}

async function lines(typed: readonly string[], language: Language = 'en'): Promise<readonly string[]> {
  const program = world.program.describedIn(language, () => undefined);
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await complete(world, { ...invocation, language }, program, typed);
    // The last line tells the shell not to propose files.
    return print.mock.calls.map(([line]) => String(line)).slice(0, -1);
  } finally {
    print.mockRestore();
  }
}

test.each<[readonly string[], readonly string[]]>([
  [['res'], ['reset', 'restore']],
  [
    ['help', 'res'],
    ['reset', 'restore'],
  ],
  [
    ['up', 'p'],
    ['patroni', 'pgbackrest'],
  ],
  [
    ['guide', 'chapter-1'],
    ['chapter-1', 'chapter-10'],
  ],
  [
    ['exec', 'et'],
    ['etcd1', 'etcd2', 'etcd3'],
  ],
  [
    ['fault', 'freeze', 'etcd'],
    ['etcd1', 'etcd2', 'etcd3'],
  ],
  [
    ['fault', 'kill-p'],
    ['kill-postgres', 'kill-patroni'],
  ],
  [['solve', 'f'], ['first-key']],
  [
    ['guide', 'patroni', '--step', 'first'],
    ['first-leader', 'first-rows'],
  ],
  [['restore', ''], ['before-lunch']],
  [['checkpoints', '--remove', ''], ['before-lunch']],
  [['restore', '--lab', 'bob', ''], []],
  [
    ['status', '--lab', ''],
    ['alice', 'bob'],
  ],
  [
    ['--lab=bob', 'up', 'fail'],
    ['failover', 'failback'],
  ],
  [['up', '--lab=b'], ['bob']],
  [
    ['--lang', ''],
    ['en', 'fr'],
  ],
  [['up', '--dry'], ['--dry-run']],
  [['up', '--workshop', '/nowhere', ''], []],
  [['exec', 'etcd1', '--', 'etcd'], []],
])('after lab %j comes %j', async (typed, expected) => {
  expect((await next(typed)).toSorted()).toEqual([...expected].toSorted());
});

test('what stands for every verb is proposed for each', async () => {
  expect(await next(['up', '--'])).toEqual(expect.arrayContaining(['--dry-run', '--lab', '--home', '--lang', '--yes']));
});

test('a chapter is told by its title, a verb by what it does, in the language of the person', async () => {
  expect(await lines(['up', 'failo'])).toEqual(['failover\tFailover: the leader is lost in three ways']);
  expect(await lines(['up', 'failo'], 'fr')).toEqual(['failover\tFailover : perdre le leader de trois façons']);
  expect(await lines(['heal'], 'fr')).toEqual(['heal\tretirer toutes les pannes injectées']);
});
