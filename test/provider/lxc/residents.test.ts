// The program that stays in a node, run on this machine: whoever asks gets what a program of its own would have given.

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeName } from '../../../src/model/ids.ts';
import { type ResidentOptions } from '../../../src/process/resident/move-in.ts';
import { createResidents } from '../../../src/provider/lxc/residents.ts';

const here = nodeName('etcd1');
const residents = createResidents((_node, argv) => argv);
const folder = await mkdtemp(join(tmpdir(), 'residents-'));
afterAll(() => rm(folder, { recursive: true }));

const run = (argv: readonly string[], options: Partial<ResidentOptions> = {}) =>
  residents.run(here, argv, { timeoutSeconds: 60, ...options });
const sh = (script: string, options: Partial<ResidentOptions> = {}) => run(['sh', '-c', script], options);

describe('a program that stays in a node', () => {
  it('gives output, errors and exit status, whatever the characters', async () => {
    const argv = ['printf', '%s|', 'é', '', 'a b', '$HOME', '\n'];
    expect(await run(argv)).toMatchObject({ argv, exitStatus: 0, stdout: 'é||a b|$HOME|\n|', stderr: '' });
    expect(await sh('echo out; echo wrong >&2; exit 3')).toMatchObject({
      exitStatus: 3,
      stdout: 'out\n',
      stderr: 'wrong\n',
      timedOut: false,
      cancelled: false,
    });
    expect(await sh('kill -9 $$')).toMatchObject({ exitStatus: 137 });
  });

  it('says which program there is none of', async () => {
    expect(await run(['/nowhere/psql'])).toMatchObject({
      exitStatus: 127,
      stderr: '/nowhere/psql: No such file or directory\n',
    });
    expect(await run([folder])).toMatchObject({ exitStatus: 126, stderr: `${folder}: Permission denied\n` });
  });

  it('passes input on, more than a pipe holds, also to one that does not read it', async () => {
    const input = 'é23456789\n'.repeat(100_000);
    expect((await run(['cat'], { input }))?.stdout).toBe(input);
    expect(await run(['true'], { input })).toMatchObject({ exitStatus: 0 });
    expect(await run(['cat'])).toMatchObject({ exitStatus: 0, stdout: '' });
  });

  it('runs them side by side, and a short one does not wait for a long one', async () => {
    const long = sh(`until [ -e ${folder}/short ]; do :; done; echo long`);
    await sh(`touch ${folder}/short`);
    expect(await long).toMatchObject({ exitStatus: 0, stdout: 'long\n' });
  });

  it('ends one whose time is over, and all that it started', async () => {
    const result = await sh(`sh -c 'echo $$ > ${folder}/child; exec sleep 60' & wait`, { timeoutSeconds: 0.2 });
    expect(result).toMatchObject({ timedOut: true, exitStatus: 124 });
    const child = readFileSync(join(folder, 'child'), 'utf8').trim();
    expect(existsSync(`/proc/${child}/cmdline`) && readFileSync(`/proc/${child}/cmdline`, 'utf8')).toBeFalsy();
  });

  it('kills one that does not listen', async () => {
    const result = await sh("trap '' TERM; while :; do sleep 60; done", { timeoutSeconds: 0.1 });
    expect(result).toMatchObject({ timedOut: true });
  });

  it('ends one that nobody waits for any more', async () => {
    const stop = new AbortController();
    const running = sh(`touch ${folder}/begun; exec sleep 60`, { signal: stop.signal });
    await expect.poll(() => existsSync(join(folder, 'begun'))).toBe(true);
    stop.abort();
    expect(await running).toMatchObject({ cancelled: true });
    expect(await sh('true', { signal: stop.signal })).toBeNull();
  });

  it('loses nothing of what a program said before its end, however late it is itself', async () => {
    // By a clock ten thousand times as fast it is too late for everything between two of its lines.
    const late = createResidents((_node, argv) =>
      argv.map((word) => word.replace('clock = time.monotonic', 'clock = lambda: time.monotonic() * 1e4')),
    );
    const answers = Array.from({ length: 100 }, (_, number) =>
      late.run(here, ['sh', '-c', `echo ${String(number)}`], { timeoutSeconds: 1e6 }),
    );
    const said = (await Promise.all(answers)).map((result) => result?.stdout);
    expect(said).toEqual(answers.map((_, number) => `${String(number)}\n`));
  });

  it('does not wait for a service that holds the streams of the program that started it', async () => {
    const result = await sh(`sleep 60 & echo $! > ${folder}/service; echo started`);
    expect(result).toMatchObject({ exitStatus: 0, stdout: 'started\n' });
    process.kill(Number(readFileSync(join(folder, 'service'), 'utf8')));
  });

  it('sees the end of a program that has closed its streams long before', async () => {
    const closed = sh(`exec >&- 2>&- <&-; until [ -e ${folder}/enough ]; do :; done; exit 5`);
    await sh(`touch ${folder}/enough`);
    expect(await closed).toMatchObject({ exitStatus: 5 });
  });

  it('ends one that says too much, and says so; the others go on', async () => {
    const other = sh(`until [ -e ${folder}/said ]; do :; done; echo other`);
    const result = await sh(`trap '' TERM; echo $$ > ${folder}/speaker; yes; echo wrong >&2; exit 0`, {
      maxBytes: 3 * 1024 * 1024,
    });
    const stderr = 'sh said more than 3 MiB, and was ended\n';
    expect(result).toMatchObject({ exitStatus: null, stdout: '', stderr, timedOut: false, cancelled: false });
    expect(existsSync(`/proc/${readFileSync(join(folder, 'speaker'), 'utf8').trim()}/exe`)).toBe(false);
    await sh(`touch ${folder}/said`);
    expect(await other).toMatchObject({ exitStatus: 0, stdout: 'other\n' });
  });

  it('does so without being asked to', async () => {
    const result = await run(['yes']);
    expect(result).toMatchObject({ exitStatus: null, stderr: 'yes said more than 64 MiB, and was ended\n' });
  });

  it('gives one whole that says as much as it may', async () => {
    const most = { maxBytes: 200_000 };
    expect((await sh('head -c 150000 /dev/zero; head -c 50000 /dev/zero >&2', most))?.stdout.length).toBe(150_000);
    expect(await sh('head -c 150001 /dev/zero; head -c 50000 /dev/zero >&2', most)).toMatchObject({ exitStatus: null });
  });
});

describe('when it is gone', () => {
  it('what ran then is not run again, and the next one finds another', async () => {
    const moving = createResidents((_node, argv) => argv);
    const ask = (script: string) => moving.run(here, ['sh', '-c', script], { timeoutSeconds: 60 });
    const killed = await ask(`echo once >> ${folder}/count; kill -9 $PPID; sleep 60`);
    expect(killed).toMatchObject({ exitStatus: null, timedOut: false, stderr: 'etcd1 does not answer\n' });
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('once\n');
    expect(await ask('echo again')).toMatchObject({ stdout: 'again\n' });
  });

  it('where nobody answers, the time is over, and nothing is run a second time', async () => {
    const frozen = createResidents(() => ['sleep', '60']);
    expect(await frozen.run(here, ['true'], { timeoutSeconds: 0.1 })).toMatchObject({ timedOut: true });
  });

  it('where it can not start, nothing was run', async () => {
    const nobody = createResidents(() => ['false']);
    expect(await nobody.run(here, ['true'], { timeoutSeconds: 60 })).toBeNull();
    const nothing = createResidents(() => ['/nowhere/at/all']);
    expect(await nothing.run(here, ['true'], { timeoutSeconds: 60 })).toBeNull();
  });
});
