// Whoever starts programs beside lab gets what lab's own start would have given.

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { residentArguments } from '../../src/process/resident/resident-program.ts';
import { startBeside } from '../../src/process/start-beside.ts';
import { startDialogue } from '../../src/process/start-dialogue.ts';

const run = startBeside();
const folder = await mkdtemp(join(tmpdir(), 'start-beside-'));
afterAll(() => rm(folder, { recursive: true }));

it('gives output, errors and exit status', async () => {
  expect(await run(['sh', '-c', 'cat; echo wrong >&2; exit 3'], { input: 'é\n' })).toMatchObject({
    exitStatus: 3,
    stdout: 'é\n',
    stderr: 'wrong\n',
    timedOut: false,
    cancelled: false,
  });
});

it('says which program could not be started, as runProgram does', async () => {
  const result = await run(['/nowhere/lxc-info']);
  expect(result).toMatchObject({ exitStatus: null, timedOut: false, cancelled: false });
  expect(result.stderr).toContain('/nowhere/lxc-info');
});

it('does not start a program again that did not find another one', async () => {
  // Its words, after its own name, and its status are those of a program that could not be started.
  const script = `echo once >> ${folder}/count; echo "sh: No such file or directory" >&2; exit 127`;
  expect(await run(['sh', '-c', script])).toMatchObject({ exitStatus: 127 });
  expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('once\n');
});

it('lets a program be heard while it runs', async () => {
  let heard = '';
  await run(['echo', 'halfway'], { onOutput: (text) => (heard += text) });
  expect(heard).toBe('halfway\n');
});

it('ends one whose time is over, and one that nobody waits for any more', async () => {
  expect(await run(['sleep', '60'], { timeoutSeconds: 0.1 })).toMatchObject({ timedOut: true });
  const stop = new AbortController();
  const running = run(['sh', '-c', `touch ${folder}/begun; exec sleep 60`], { signal: stop.signal });
  await expect.poll(() => existsSync(join(folder, 'begun'))).toBe(true);
  stop.abort();
  expect(await running).toMatchObject({ cancelled: true });
  expect(await run(['true'], { signal: stop.signal })).toMatchObject({ cancelled: true, exitStatus: null });
});

it('goes on when the small program was killed', async () => {
  const own = startBeside();
  expect(await own(['sh', '-c', 'kill -9 $PPID; exec sleep 60'], { timeoutSeconds: 60 })).toMatchObject({
    exitStatus: null,
  });
  expect(await own(['echo', 'again'])).toMatchObject({ stdout: 'again\n' });
});

it.each([['goes on', 'go-on', true] as const, ['ends', 'end', false] as const])(
  'when lab is gone, what runs then %s',
  async (_, afterLab, goesOn) => {
    const mark = join(folder, afterLab);
    const script = `trap 'echo ended > ${mark}; exit' TERM; touch ${mark}-begun
    until [ -e ${mark}-gone ]; do :; done; echo went on > ${mark}`;
    const small = startDialogue(residentArguments({ grace: 5, afterLab }), {
      onPiece: () => undefined,
      onEnd: () => undefined,
    });
    small.say(
      ['run', 1, 60, 1000, '-', ...['sh', '-c', script].map((word) => Buffer.from(word).toString('hex'))].join(' '),
    );
    await expect.poll(() => existsSync(`${mark}-begun`)).toBe(true);
    small.end();
    if (goesOn) await run(['touch', `${mark}-gone`]);
    await expect.poll(() => existsSync(mark) && readFileSync(mark, 'utf8')).toBe(goesOn ? 'went on\n' : 'ended\n');
  },
);
