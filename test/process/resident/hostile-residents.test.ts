// A program that a student has put in the place of ours, and that says what it likes: those who wait have no answer, and
// whoever asks next is told to ask another way.

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeName } from '../../../src/model/ids.ts';
import { moveIn, type ResidentOptions } from '../../../src/process/resident/move-in.ts';
import { startBeside } from '../../../src/process/start-beside.ts';
import { createResidents } from '../../../src/provider/lxc/residents.ts';

const folder = await mkdtemp(join(tmpdir(), 'hostile-residents-'));
const living: string[] = [];
afterAll(async () => {
  for (const name of living.filter(isAlive)) process.kill(pidOf(name), 'SIGKILL');
  await rm(folder, { recursive: true });
});

const here = nodeName('etcd1');
const manners = { grace: 2, afterLab: 'end' } as const;

/** `script` (Python) is what stays there. It goes on after it, until it is ended. */
function livingWith(script: string) {
  const name = String(living.length);
  living.push(name);
  const whole = `
import os, sys, time, itertools
open('${folder}/${name}', 'w').write(str(os.getpid()))
def say(text):
    try:
        os.write(1, text if isinstance(text, bytes) else text.encode())
    except OSError:
        pass
${script}
time.sleep(600)
`;
  const residents = createResidents(() => ['/usr/bin/python3', '-I', '-S', '-c', whole]);
  const run = (options: Partial<ResidentOptions> = {}) =>
    residents.run(here, ['true'], { timeoutSeconds: 60, ...options });
  return { run, isGone: () => expect.poll(() => isAlive(name), { timeout: 10_000 }).toBe(false) };
}

function pidOf(name: string): number {
  return Number(readFileSync(join(folder, name), 'utf8'));
}

function isAlive(name: string): boolean {
  const status = `/proc/${String(pidOf(name))}/status`;
  return existsSync(status) && !/^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
}

const noAnswer = {
  exitStatus: null,
  stdout: '',
  stderr: 'etcd1 answers nonsense\n',
  timedOut: false,
  cancelled: false,
};

describe('nonsense costs one answer, and is heard once', () => {
  const hear = 'sys.stdin.readline()\n';
  it.each([
    ['garbage', `say(bytes(range(256)) * 1000)`],
    ['garbage once it is asked', `say('ready\\n'); ${hear}say(b'\\xff\\x00\\n' * 1000)`],
    ['an empty line', `say('ready\\n\\n')`],
    ['ready twice', `say('ready\\nready\\n')`],
    ['an answer before it is ready', `say('1 0 0 0 0\\n')`],
    ['JSON of another shape', `say('ready\\n'); ${hear}say('{"number": 1, "answer": {"kind": "answered"}}\\n')`],
    ['an answer as it was in former times', `say('ready\\n'); ${hear}say('1 0 0 6869 -\\n')`],
    ['negative numbers', `say('ready\\n'); ${hear}say('1 0 0 -5 5\\n')`],
    ['numbers that are none', `say('ready\\n'); ${hear}say('1 0 0 NaN 1e9\\n')`],
    ['the answer to what nobody asked', `say('ready\\n'); ${hear}say('7 0 0 2 0\\nhi')`],
    ['the same answer twice', `say('ready\\n'); ${hear}say('1 0 0 0 0\\n1 0 0 0 0\\n'); say('x')`],
    ['more than an answer may have', `say('ready\\n'); ${hear}say('1 0 0 9999999999 0\\n')`],
    ['an endless line', `say('ready\\n')\nwhile True: say(b'x' * 65536)`],
    ['an endless line, byte by byte', `say('ready\\n')\nwhile True: say(b'x')`],
    [
      'an endless line of one that does not want to end',
      `
import signal
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE): signal.signal(number, signal.SIG_IGN)
while True: say(b'x' * 65536)`,
    ],
  ])('%s', async (_what, script) => {
    const { run, isGone } = livingWith(script);
    const before = process.memoryUsage.rss();
    const [first, second] = await Promise.all([run(), run()]);
    // Of two that ask at once the first may have had its answer already.
    expect(first?.exitStatus === 0 || first?.stderr === noAnswer.stderr).toBe(true);
    expect(second).toMatchObject(noAnswer);
    expect(await run()).toBeNull();
    await isGone();
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
    expect(await run()).toBeNull();
  });
});

describe('one that says nothing', () => {
  it.each([
    ['at all', ''],
    ['more than that it is ready', `say('ready\\n')`],
    ['of what it announces', `say('ready\\n'); sys.stdin.readline(); say('1 0 0 60000 0\\nhalf')`],
  ])('%s: the time is over, and nobody asks it again', async (_what, script) => {
    const { run } = livingWith(script);
    const before = process.memoryUsage.rss();
    expect(await run({ timeoutSeconds: 0.1 })).toMatchObject({ timedOut: true, stderr: 'etcd1 does not answer\n' });
    expect(await run({ timeoutSeconds: 0.1 })).toBeNull();
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it('until its node thaws: the late answer is heard, and it is asked again', async () => {
    const { run } = livingWith(`
say('ready\\n')
for number in itertools.count(1):
    while not sys.stdin.readline().startswith('run'): pass
    if number == 1:
        while not os.path.exists('${folder}/thawed'): time.sleep(0.01)
    say(f'{number} 0 0 2 0\\nhi')
`);
    expect(await run({ timeoutSeconds: 0.1 })).toMatchObject({ timedOut: true });
    expect(await run()).toBeNull();
    await startBeside()(['touch', join(folder, 'thawed')]);
    await expect.poll(() => run(), { timeout: 10_000 }).toMatchObject({ exitStatus: 0, stdout: 'hi' });
  });
});

it('an answer that was announced takes no room before it comes', async () => {
  const { run } = livingWith(`say('ready\\n'); sys.stdin.readline(); say('1 0 0 67108864 0\\nhalf')`);
  const before = process.memoryUsage();
  const asked = run({ timeoutSeconds: 0.1 });
  await expect(asked).resolves.toMatchObject({ timedOut: true });
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(10_000_000);
});

it('what it says within an answer is only words', async () => {
  const { run } = livingWith(`
say('ready\\n'); sys.stdin.readline(); say(b'1 0 0 8 2\\n1 0 0 0 \\xff\\n')
sys.stdin.readline(); say('2 0 0 0 0\\n')`);
  expect(await run()).toMatchObject({ exitStatus: 0, stdout: '1 0 0 0 ', stderr: '\ufffd\n' });
  expect(await run()).toMatchObject({ exitStatus: 0, stdout: '' });
});

it('where nobody else can be asked, programs are started without it', async () => {
  // The program of this machine that speaks nonsense is not asked again either.
  const one = moveIn('python3', () => ['yes'], manners);
  expect(await one.run(['true'], { timeoutSeconds: 60 })).toMatchObject({ exitStatus: null });
  expect(one.ended()).toBe(false);
  expect(await one.run(['true'], { timeoutSeconds: 60 })).toBeNull();
});
