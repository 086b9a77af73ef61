import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killChildren } from '../../src/process/kill-children.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { startBeside } from '../../src/process/start-beside.ts';

it('ends programs that listen to nothing, and what they started', async () => {
  let heard = '';
  const deaf = 'trap "" TERM INT; (trap "" TERM; echo $$; while :; do sleep 1; done) & wait';
  const running = runProgram(['sh', '-c', deaf], { timeoutSeconds: 30, onOutput: (text) => (heard += text) });
  await expect.poll(() => heard).toMatch(/\d+\n/);
  killChildren();
  const result = await running;
  expect(result).toMatchObject({ exitStatus: null, timedOut: false });
  expect(result.seconds).toBeLessThan(20);
  await expect.poll(() => groupOf(heard.trim())).toBe('');
});

it('ends those that the small program beside us has started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kill-children-'));
  const running = startBeside()([
    'sh',
    '-c',
    'trap "" TERM; echo $$ > "$0"; while :; do sleep 1; done',
    `${folder}/pid`,
  ]);
  const pid = () => readFile(join(folder, 'pid'), 'utf8').catch(() => '');
  await expect.poll(pid).toMatch(/\d+\n/);
  killChildren();
  expect(await running).toMatchObject({ exitStatus: null });
  await expect.poll(async () => groupOf((await pid()).trim())).toBe('');
  await rm(folder, { recursive: true });
});

/** Processes of that group that have not ended. */
async function groupOf(leader: string): Promise<string> {
  const listed = await runProgram(['ps', '-o', 'stat=,pid=', '--no-headers', '-g', leader]);
  return listed.stdout.replace(/^Z.*\n?/gm, '').trim();
}
