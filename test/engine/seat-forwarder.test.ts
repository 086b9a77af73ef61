import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { startSeatForwarder } from '../../src/engine/seat-forwarder.ts';
import { type CommandOptions, type CommandResult } from '../../src/model/command.ts';
import { runProgram } from '../../src/process/run-program.ts';

const target = { host: '127.0.0.1', port: 1 };
const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('lab-open-')).sort();

/** Runs it here. `running`: how many are at work. */
function network() {
  const state = { running: 0 };
  const execOnNetwork = async (argv: readonly string[], options?: CommandOptions): Promise<CommandResult> => {
    state.running += 1;
    const result = await runProgram(argv, options);
    state.running -= 1;
    return result;
  };
  return { state, execOnNetwork };
}

test('Ctrl-C before the program in the network was reached leaves neither program nor folder', async () => {
  const before = await folders();
  const interruption = new AbortController();
  const { state, execOnNetwork } = network();
  const started = startSeatForwarder({ execOnNetwork }, target, interruption.signal);
  interruption.abort();
  await expect(started).rejects.toMatchObject({ code: 'forwarder-failed' });
  expect(state.running).toBe(0);
  expect(await folders()).toEqual(before);
});

test('it ends with the page, and so does its folder', async () => {
  const before = await folders();
  const { state, execOnNetwork } = network();
  const forwarder = await startSeatForwarder({ execOnNetwork }, target, new AbortController().signal);
  expect(state.running).toBe(1);
  await forwarder.close();
  expect(state.running).toBe(0);
  expect(await folders()).toEqual(before);
});
