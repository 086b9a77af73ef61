// Bad input and bad luck: a clear message, the true exit status, nothing lost, and the next `lab up` works.

import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labName } from '../../src/model/ids.ts';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { namespaceName } from '../../src/provider/lxc/network.ts';
import { fromKeptEnd, needsKeptEnd } from './kept-end.ts';
import { homeOfItsOwn, program, realLab, removeLab, testHome } from './real-lab.ts';

describe('wrong words', () => {
  const lab = realLab('words');

  test.each([
    [['upp'], 'unknown command', 'up'],
    [['up', 'chapter-99'], 'no chapter', 'chapter-1'],
    [['up', 'patrony'], 'no chapter', 'patroni'],
    [['up', '--lab', 'a/b'], "can't be a lab's name", 'lower-case'],
    [['up', '--lab', 'a b'], "can't be a lab's name", 'lower-case'],
    [['up', '--edition', 'trixi'], 'no edition', 'trixie'],
    [['up', '--format', 'jsn'], '--format jsn', 'json'],
    [['verify', '--wait', 'soon'], 'not a duration', '60s'],
    [['logs', 'etcd1', '--lines', 'ten'], 'not a number of lines', '--lines 20'],
    [['verify'], 'no lab words', 'lab up'],
    [['up', '--colour'], 'unknown option', 'lab help up'],
  ])('lab %j is a usage error that says what would be right', async (args, what, hint) => {
    const result = await lab.lab(args);
    expect(result.exitStatus).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain(what);
    expect(result.stderr).toContain(hint);
  });

  test('in French too, and as JSON', async () => {
    const french = await lab.lab(['up', 'patrony', '--lang', 'fr']);
    expect(french.stderr).toContain('Vouliez-vous dire patroni ?');
    const json = await lab.lab(['up', 'patrony', '--format', 'json']);
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'chapter-unknown', exit: 2 } });
  });

  test('invalid workshop files are all named at once, with exit status 3', async () => {
    const directory = join(testHome(), 'broken-workshop');
    await runProgram(['cp', '-r', new URL('../../labs/patroni-etcd', import.meta.url).pathname, directory]);
    const file = join(directory, 'chapters/01-etcd/chapter.yml');
    await writeFile(
      file,
      (await readFile(file, 'utf8'))
        .replace('do: put-key,', 'do: put-kee,')
        .replace('expect: etcd-members-agree', 'expect: etcd-members-agre'),
    );
    const result = await lab.lab(['up', '--workshop', directory]);
    await runProgram(['rm', '-r', directory]);
    expect(result.exitStatus).toBe(3);
    expect(result.stderr).toMatch(/chapter\.yml:\d+:\d+: .*put-kee.*`put-key`/);
    expect(result.stderr).toMatch(/chapter\.yml:\d+:\d+: .*etcd-members-agre.*`etcd-members-agree`/);
  });
});

describe('bad luck', () => {
  const lab = realLab('luck');
  const journal = (): string => join(testHome(), 'labs', lab.name, 'journal.jsonl');
  beforeAll(() => fromKeptEnd(lab, 'etcd'));
  afterAll(() => removeLab(lab));

  test('while one command changes the lab, another one is refused and names the process', async () => {
    const kill = new AbortController();
    await lab.inNode('etcd1', 'systemctl stop etcd; rm -r /var/lib/etcd/default');
    const first = lab.lab(['up', 'chapter-1'], { signal: kill.signal });
    const lock = join(testHome(), 'labs', lab.name, 'lock');
    const locked = async (): Promise<boolean> => (await readFile(lock, 'utf8')).trim() !== '';
    expect(await waitUntil(locked, { withinSeconds: 20 }), 'the first one works').toBe(true);
    const second = await lab.lab(['down']);
    expect(second.exitStatus).toBe(5);
    expect(second.stderr).toContain(`process ${(await readFile(lock, 'utf8')).trim()}`);
    expect((await first).exitStatus).toBe(0);
  });

  test('Ctrl-C ends a run with 130; the journal knows, and the next up goes on', async () => {
    await lab.inNode('etcd1', 'systemctl stop etcd; rm -r /var/lib/etcd/default');
    const interrupt = new AbortController();
    const running = lab.lab(['up', 'chapter-1'], { signal: interrupt.signal });
    const begun = async (): Promise<boolean> =>
      (await readFile(journal(), 'utf8')).trimEnd().split('\n').at(-1)?.includes('step-started') ?? false;
    expect(await waitUntil(begun, { withinSeconds: 20 })).toBe(true);
    // The test's own way to end a program asks it with SIGTERM, which lab takes as Ctrl-C.
    interrupt.abort();
    const result = await running;
    expect(result.exitStatus).toBe(130);
    expect(result.stderr).toContain('Interrupted');
    await lab.mustLab(['up', 'chapter-1']);
    await lab.passes();
  });

  test('the second Ctrl-C ends lab at once, and what it runs; a closed terminal (SIGHUP) counts as the first', async () => {
    // What lab starts in nodes does not hear a request to end.
    const folder = await mkdtemp(join(testHome(), 'deaf-'));
    const begun = join(folder, 'begun');
    const deaf = `#!/bin/sh\ntrap '' TERM HUP INT\necho "$$" > ${begun}\ntail -f /dev/null\n`;
    await writeFile(join(folder, 'lxc-attach'), deaf, { mode: 0o755 });
    const running = lab.lab(['up', 'chapter-1'], { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } });
    const text = (): Promise<string> => readFile(begun, 'utf8').catch(() => '');
    expect(await waitUntil(async () => (await text()) !== '', { withinSeconds: 30 })).toBe(true);
    const pid = Number.parseInt(await readFile(join(testHome(), 'labs', lab.name, 'lock'), 'utf8'), 10);
    process.kill(pid, 'SIGHUP');
    process.kill(pid, 'SIGINT');
    expect((await running).exitStatus).toBe(130);
    const left = await runProgram(['pgrep', '--list-full', '--full', folder]);
    expect(left.stdout).toBe('');
    await rm(folder, { recursive: true });
    await lab.mustLab(['up', 'chapter-1']);
    await lab.passes();
  });

  test('a half-written journal line is passed over', async () => {
    await appendFile(journal(), '{"at":"2026-01-01T00:00:00Z","run":"x","kind":"step-sta');
    await lab.mustLab(['up', 'chapter-1']);
    await lab.passes();
  });

  test('a terminal that was closed in the middle does not hurt', async () => {
    const piped = await runProgram([
      'sh',
      '-c',
      '"$@" | head -n 1',
      'sh',
      ...program,
      'verify',
      '--explain',
      '--home',
      testHome(),
      '--lab',
      lab.name,
    ]);
    expect(piped.exitStatus).toBe(0);
    expect(piped.stderr).toBe('');
  });

  test('a node that does not run, or is not there, is said so', async () => {
    const absent = await lab.lab(['exec', 'pg-patroni1', '--', 'true']);
    expect(absent).toMatchObject({ exitStatus: 1 });
    expect(absent.stderr).toContain('not in this lab yet');
    const near = await lab.lab(['shell', 'etdc2']);
    expect(near).toMatchObject({ exitStatus: 2 });
    expect(near.stderr).toContain('etcd2');
  });

  test("exec gives the command's own exit status and output", async () => {
    const result = await lab.lab(['exec', 'etcd1', '--', 'sh', '-c', 'echo out; echo err >&2; exit 42']);
    expect(result).toMatchObject({ exitStatus: 42, stdout: 'out\n', stderr: 'err\n' });
  });

  test('destroy asks; without a terminal that is a usage error, and nothing is lost', async () => {
    const result = await lab.lab(['destroy']);
    expect(result.exitStatus).toBe(2);
    expect(result.stderr).toContain('--yes');
    await lab.passes();
  });

  test('an edition can not be changed afterwards', async () => {
    const result = await lab.lab(['up', '--edition', 'bookworm']);
    expect(result).toMatchObject({ exitStatus: 2 });
    expect(result.stderr).toContain('created with edition trixie');
  });
});

test('a network namespace of that name that is not ours stops up with 4, and is not touched', async () => {
  const lab = realLab('not-ours');
  await needsKeptEnd('etcd');
  const name = namespaceName(testHome(), labName('not-ours'));
  await runProgram(['ip', 'netns', 'add', name]);
  try {
    const result = await lab.lab(['up', 'chapter-1']);
    expect(result.exitStatus).toBe(4);
    expect(result.stderr).toContain('network namespace');
    expect((await runProgram(['ip', 'netns', 'list'])).stdout).toContain(name);
  } finally {
    await runProgram(['ip', 'netns', 'delete', name]);
  }
  await lab.mustLab(['up', 'chapter-1']);
  await removeLab(lab);
});

test('a disk that fills while a lab starts: said plainly, and once there is room the next up goes on', async () => {
  // A file system of its own for the lab's folder, with a ballast that leaves too little for what the nodes write.
  // Built, not restored: a restored etcd needs little more than it has.
  const home = await homeOfItsOwn('full');
  const lab = realLab('full', 'trixie', home);
  const folder = join(home, 'labs', lab.name);
  const image = join(home, 'small.img');
  const shell = (script: string) => runProgram(['sh', '-ec', script, 'sh', folder, image]);
  const mounted = await shell(
    `mkdir -p "$1"; truncate -s 1G "$2"; mkfs.ext4 -q -m 0 "$2"; mount -o loop "$2" "$1"; chmod 755 "$1"
    room=$(df --output=avail -k "$1" | tail -1); fallocate -l "$((room - 24576))K" "$1/ballast"`,
  );
  expect(mounted).toMatchObject({ exitStatus: 0 });
  try {
    const result = await lab.lab(['up', 'chapter-1']);
    expect(result.exitStatus).toBe(4);
    expect(result.stderr).toContain('No space left on the disk');
    await shell('rm "$1/ballast"');
    await lab.mustLab(['up', 'chapter-1']);
    await lab.passes();
  } finally {
    await removeLab(lab);
    await shell('umount "$1"');
    await rm(home, { recursive: true });
  }
});
