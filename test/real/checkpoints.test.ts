// Checkpoints as a user has them: kept ends, reset after vandalism, one's own, and lab killed in the middle of each.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { killedWhen, newestTranscript } from './killed-when.ts';
import { homeOfItsOwn, realLab, removeLab } from './real-lab.ts';

// Ends that it removes would be missed by other suites.
const home = await homeOfItsOwn('checkpoints');
const lab = realLab('checkpoints', 'trixie', home);
const folder = (): string => join(home, 'labs', lab.name);
const sql = (statement: string): string =>
  `runuser -u postgres -- psql -XAtq -U dba -p 5434 -d postgres -c "${statement}"`;
const rows = async (): Promise<string> =>
  (await lab.inNode('pg-patroni1', sql('select count(*) from workshop_rows'))).trim();
/** What still runs may write into a folder while it is being removed: then once more. */
const remove = (path: string): string => `until rm -rf ${path}; do :; done`;
const events = (text: string): { kind: string; item?: string }[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string });
const nodesAtRest = async (): Promise<boolean> => {
  const { stdout } = await lab.mustLab(['status', '--format', 'json']);
  const { nodes } = JSON.parse(stdout) as { nodes: { state: string }[] };
  return nodes.every(({ state }) => state === 'running');
};

beforeAll(() => lab.mustLab(['up', 'chapter-2']));
afterAll(async () => {
  await removeLab(lab);
  await rm(home, { recursive: true, force: true });
});

describe('the kept ends of chapters', () => {
  test('a second lab is restored, not built, and every check passes', async () => {
    const second = realLab('restored', 'trixie', home);
    try {
      const run = await second.mustLab(['up', 'chapter-2', '--format', 'json']);
      expect(events(run.stdout).some(({ kind, item }) => kind === 'item-started' && item === 'restore')).toBe(true);
      await second.passes('chapter-1');
      await second.passes('chapter-2');
    } finally {
      await removeLab(second);
    }
  });

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

describe('reset', () => {
  test('asks; without a terminal that is a usage error, and nothing is lost', async () => {
    const result = await lab.lab(['reset']);
    expect(result.exitStatus).toBe(2);
    expect(result.stderr).toContain('--yes');
    await lab.passes();
  });

  test.each([
    ['the data directory deleted', () => lab.inNode('pg-patroni1', remove('/var/lib/postgresql'))],
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
  ])('%s: back at the beginning of the chapter, and the way to its end is open', async (_what, vandalise) => {
    await vandalise();
    await lab.mustLab(['reset', '--yes']);
    await lab.passes('chapter-1');
    const { nodes, faults } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as {
      nodes: { state: string }[];
      faults: unknown[];
    };
    expect(nodes.map(({ state }) => state)).toEqual(nodes.map(() => 'running'));
    expect(faults).toEqual([]);
    // The nodes of the chapter are bare: nothing of what was done is left.
    expect((await lab.verify('chapter-2')).passed).toBe(false);
  });

  test('--all is a lab with nothing done', async () => {
    await lab.mustLab(['reset', '--all', '--yes']);
    const { chapter, etcd } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as {
      chapter: unknown;
      etcd: { healthy: number };
    };
    expect(chapter).toEqual({ id: 'chapter-1', state: 'open' });
    expect(etcd.healthy).toBe(0);
  });
});

describe("one's own", () => {
  beforeAll(async () => {
    await lab.mustLab(['destroy', '--yes']);
    await lab.mustLab(['up', 'chapter-2']);
  });

  test('save keeps the lab as it is, and restore brings it back, whatever happened since', async () => {
    const saved = await lab.mustLab(['save', 'before']);
    expect(saved.stdout).toContain('Checkpoint before is kept');
    const timeline = (): Promise<string> => lab.inNode('pg-patroni1', 'curl -s localhost:8008/cluster');
    expect(await timeline()).toContain('"timeline": 1');
    await lab.inNode('pg-patroni1', sql('drop table workshop_rows'));
    await lab.inNode('pg-patroni2', remove('/var/lib/postgresql'));
    await lab.mustLab(['restore', 'before', '--yes']);
    expect(await rows()).toBe('100');
    await lab.passes('chapter-1');
    await lab.passes('chapter-2');
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
    expect(await nodesAtRest()).toBe(true);
    await lab.passes('chapter-1');
    await lab.passes('chapter-2');
    const left = (await readdir(folder())).filter((name) => name.includes('new') || name.includes('gone'));
    expect(left).toEqual([]);
  });
});

describe('a lab of chapter 5', () => {
  const five = realLab('five');
  beforeAll(() => five.mustLab(['up', 'replica']));
  afterAll(() => removeLab(five));

  test('reset in chapter 5 goes back to two members and a bare third node', async () => {
    await five.mustLab(['reset', 'replica', '--yes']);
    await five.passes('failback');
    expect((await five.lab(['exec', 'pg-patroni3', '--', 'which', 'patroni'])).exitStatus).not.toBe(0);
  });

  test('taking a checkpoint of it changes no leader and no timeline', async () => {
    const cluster = async (): Promise<unknown> => {
      const { patroni } = JSON.parse((await five.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
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
