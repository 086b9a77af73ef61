import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpoints } from '../../src/cli/checkpoints.ts';
import { status } from '../../src/cli/status.ts';
import { up } from '../../src/cli/up.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';

let one: CliWorld;
beforeEach(async () => void (one = await cliWorld()));
afterEach(() => rm(one.invocation.home, { recursive: true }));

test('a lab that is not there: how it is built, with its name', async () => {
  await expect(status(one.world, one.invocation, {})).rejects.toMatchObject({
    code: 'lab-unknown',
    hint: { en: expect.stringContaining('lab up --lab alice') as string },
  });
});

test('a checkpoint that is not there is a wrong word, and no run that stopped', async () => {
  expect(await up(one.world, one.invocation, undefined, {})).toBe(0);
  await expect(checkpoints(one.world, one.invocation, { remove: 'nosuch' })).rejects.toMatchObject({
    name: 'LabError',
    code: 'checkpoint-unknown',
    exit: 2,
  });
});
