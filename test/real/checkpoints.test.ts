// Checkpoints as a user has them: kept ends, reset after vandalism, one's own, and lab killed in the middle of each.
// test/real/main-road has one reset and one restore, and the kept end of each chapter.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { checkpointLab } from './checkpoint-lab.ts';
import { fromKeptEnd, homeWithKeptEnds } from './kept-end.ts';
import { killedWhen, newestTranscript } from './killed-when.ts';
import { realLab, removeLab } from './real-lab.ts';

// Ends that it removes would be missed by other suites.
const home = await homeWithKeptEnds('checkpoints', 'etcd', 'patroni');
const lab = realLab('checkpoints', 'trixie', home);
const { status, rows, nodesRun, isAtItsBeginning } = checkpointLab(lab);
const folder = (): string => join(home, 'labs', lab.name);

beforeAll(() => lab.mustLab(['up', 'chapter-2']));
afterAll(async () => {
  await removeLab(lab);
  await rm(home, { recursive: true, force: true });
});

describe('reset', () => {
  test('asks; without a terminal that is a usage error, and nothing is lost', async () => {
    const result = await lab.lab(['reset']);
    expect(result.exitStatus).toBe(2);
    expect(result.stderr).toContain('--yes');
    await lab.passes();
  });

  test.each([
    [
      "etcd's data gone on every member",
      () =>
        Promise.all(
          ['etcd1', 'etcd2', 'etcd3'].map((node) => lab.inNode(node, 'systemctl stop etcd; rm -rf /var/lib/etcd')),
        ),
    ],
    [
      'a node destroyed',
      () => runProgram(['sh', '-c', 'lxc-stop -k -P "$0" -n etcd2; rm -rf "$0/etcd2"', `${folder()}/nodes`]),
    ],
    ['/etc emptied', () => lab.inNode('pg-patroni2', 'rm -rf /etc/* || true')],
    ['faults left injected', () => lab.mustLab(['fault', 'partition', 'pg-patroni2'])],
  ])('%s: back at the beginning of the chapter', async (_what, vandalise) => {
    await vandalise();
    await lab.mustLab(['reset', '--yes']);
    await isAtItsBeginning();
  });

  test('--all is a lab with nothing done', async () => {
    await lab.mustLab(['reset', '--all', '--yes']);
    const { chapter, etcd } = await status();
    expect(chapter).toEqual({ id: 'chapter-1', state: 'open' });
    expect(etcd?.healthy).toBe(0);
  });
});

describe("one's own", () => {
  beforeAll(async () => {
    await lab.mustLab(['destroy', '--yes']);
    await lab.mustLab(['up', 'chapter-2']);
    await lab.mustLab(['save', 'before']);
  });

  test('a name that is taken, unknown or impossible is a usage error that says what would be right', async () => {
    expect((await lab.lab(['save', 'before'])).stderr).toContain('checkpoint-exists');
    const unknown = await lab.lab(['restore', 'befor', '--yes']);
    expect(unknown).toMatchObject({ exitStatus: 2 });
    expect(unknown.stderr).toContain('before');
    expect(await lab.lab(['save', 'a/b'])).toMatchObject({ exitStatus: 2 });
    expect(await rows()).toBe('100');
  });

  test.each([
    ['save', ['save', 'second', '--replace'], 'checkpoint second'],
    ['restore, before the nodes are exchanged', ['restore', 'before', '--yes'], '"restore-started"'],
    ['restore, after it', ['restore', 'before', '--yes'], '"restored"'],
    ['reset', ['reset', 'chapter-2', '--yes'], '"restored"'],
  ])('SIGKILL in the middle of %s: the next command repairs', async (_what, args, sign) => {
    const before = await signsOf(sign);
    await killedWhen(lab, args, async () => (await signsOf(sign)) > before);
    await lab.mustLab(['up', 'chapter-2']);
    expect(await nodesRun()).toBe(true);
    await lab.passes('chapter-1');
    await lab.passes('chapter-2');
    const left = (await readdir(folder())).filter((name) => name.includes('new') || name.includes('gone'));
    expect(left).toEqual([]);
  });
});

describe('the kept ends of chapters', () => {
  test('lab checkpoints shows them with their sizes', async () => {
    const { checkpoints } = JSON.parse((await lab.mustLab(['checkpoints', '--format', 'json'])).stdout) as {
      checkpoints: { chapter: string; name: string | null; bytes: number; frozen_seconds?: number }[];
    };
    expect(checkpoints.map(({ chapter }) => chapter)).toEqual(expect.arrayContaining(['chapter-1', 'chapter-2']));
    expect(checkpoints.every(({ bytes }) => bytes > 100_000)).toBe(true);
  });

  test('a lab in which somebody worked by hand gives nothing to the others', async () => {
    const ends = join(home, 'checkpoints', 'patroni-etcd', 'trixie');
    await lab.inNode('etcd1', 'true');
    const [end = ''] = (await readdir(ends)).filter((name) => name.startsWith('chapter-2-'));
    await rm(join(ends, end), { recursive: true });
    await lab.mustLab(['up', 'chapter-2']);
    expect((await readdir(ends)).filter((name) => name.startsWith('chapter-2-'))).toEqual([]);
  });
});

describe('a lab of chapter 5', () => {
  const five = realLab('five');
  beforeAll(() => fromKeptEnd(five, 'replica'));
  afterAll(() => removeLab(five));

  test('reset in chapter 5 goes back to two members and a bare third node', async () => {
    await five.mustLab(['reset', 'replica', '--yes']);
    await five.passes('failback');
    expect((await five.lab(['exec', 'pg-patroni3', '--', 'which', 'patroni'])).exitStatus).not.toBe(0);
  });

  test('taking a checkpoint of it changes no leader and no timeline', async () => {
    const cluster = async (): Promise<unknown> => {
      const { patroni } = await checkpointLab(five).status();
      const members = patroni?.members.map(({ name, role, timeline }) => ({ name, role, timeline }));
      return { leader: patroni?.leader, members };
    };
    const before = await cluster();
    await five.mustLab(['save', 'quiet']);
    await five.passes('failback');
    expect(await cluster()).toEqual(before);
  });
});

/** How often the journal, or the newest transcript, says it. */
async function signsOf(sign: string): Promise<number> {
  const journal = await readFile(join(folder(), 'journal.jsonl'), 'utf8');
  const transcript = await newestTranscript(lab);
  return journal.split(sign).length + transcript.split(sign).length;
}
