// What goes into the program that stays in a place, and what comes out of it, takes a time that grows with its length alone.

import { afterAll, describe, expect, test } from 'vitest';
import { type Resident, moveIn } from '../../../src/process/resident/move-in.ts';
import { readAnswers } from '../../../src/process/resident/read-answers.ts';

const stop = new AbortController();
afterAll(() => stop.abort());
const resident = moveIn('here', (argv) => argv, { grace: 2, afterLab: 'end' });
const within = { timeoutSeconds: 120 };

async function says(one: Resident, bytes: number): Promise<string> {
  const result = await one.run(['sh', '-c', `head -c ${bytes} /dev/zero | tr "\\0" x`], within);
  return result?.stdout ?? '';
}

async function hears(one: Resident, bytes: number): Promise<string> {
  const result = await one.run(['wc', '-c'], { ...within, input: 'x'.repeat(bytes) });
  return result?.stdout.trim() ?? '';
}

/** Seconds of the processor that this process and the small program have had: on a busy machine the clock tells nothing. */
async function worked(): Promise<number> {
  const { user, system } = process.cpuUsage();
  const stat = await resident.run(['sh', '-c', 'cat "/proc/$PPID/stat"'], within);
  const ticks =
    stat?.stdout
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13)
      .map(Number) ?? [];
  return (user + system) / 1e6 + ticks.reduce((sum, one) => sum + one, 0) / 100;
}

async function workOf(task: () => Promise<unknown>): Promise<number> {
  const before = await worked();
  await task();
  return (await worked()) - before;
}

describe('20 MB', () => {
  test('come back whole', async () => {
    expect((await says(resident, 20_000_000)) === 'x'.repeat(20_000_000)).toBe(true);
  });

  test('go in whole', async () => {
    expect(await hears(resident, 20_000_000)).toBe('20000000');
  });
});

// Where it is quadratic, four times as much takes sixteen times the work. A tenth of a second, for what is done beside it.
test.each([
  ['comes out', says],
  ['goes in', hears],
])('four times as much that %s is four times the work', async (_, talk) => {
  await talk(resident, 4_000_000);
  const some = await workOf(() => talk(resident, 4_000_000));
  const more = await workOf(() => talk(resident, 16_000_000));
  expect(more).toBeLessThan(8 * some + 0.1 * 8);
});

test('an answer that comes byte by byte is the same, and is put together once', () => {
  const answers: unknown[] = [];
  const hear = readAnswers({
    onReady: () => answers.push('ready'),
    mostBytes: () => 100,
    onAnswer: (answer) => answers.push(answer),
    onNonsense: () => answers.push('nonsense'),
  });
  const said = Buffer.from('ready\n1 0 0 2 3\nétwo2 3 1 0 0\n');
  for (const byte of said) hear(Buffer.from([byte]));
  const first = { number: 1, status: 0, how: 'ended', stdout: 'é', stderr: 'two' };
  const second = { number: 2, status: 3, how: 'timed-out', stdout: '', stderr: '' };
  expect(answers).toEqual(['ready', first, second]);
  hear(said);
  expect(answers.slice(3)).toEqual(['nonsense']);
});
