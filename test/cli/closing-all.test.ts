import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { closingAll } from '../../src/cli/closing-all.ts';
import { explainFullDisk } from '../../src/cli/full-disk.ts';
import { withSession } from '../../src/cli/with-session.ts';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { verbatim, words } from '../../src/model/words.ts';
import { guardStream } from '../../src/ui/guard-stream.ts';
import { cliWorld } from './cli-world.ts';

const first = new LabError('first', words('', ''), { exit: exitStatus.failed });
const closables = (closed: string[]) => [
  {
    close: () => {
      closed.push('a');
      return Promise.reject(new Error('output lost'));
    },
  },
  { close: async () => void closed.push('b') },
];

test('all are closed, and what closing fails with hides no first error', async () => {
  const closed: string[] = [];
  await expect(closingAll(closables(closed), () => Promise.reject(first))).rejects.toBe(first);
  expect(closed).toEqual(['a', 'b']);
});

test('after work that succeeded, lost output is what it fails with', async () => {
  await expect(closingAll(closables([]), async () => 1)).rejects.toThrow('output lost');
  expect(await closingAll([], async () => 1)).toBe(1);
});

test('a run whose output is lost tells why it stopped, and its lab is free again', async () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  const stdout = guardStream({
    write: () => {
      throw full;
    },
    on: () => undefined,
  });
  const { world, invocation, services } = await cliWorld({ stdout });
  const fails = withSession(world, invocation, ({ session }) => {
    session.announce({ kind: 'notice', text: verbatim('lost') });
    return Promise.reject(first);
  });
  await expect(fails).rejects.toMatchObject({ name: 'RunStopped', cause: { code: 'first' } });
  await expect(services.lock(`${invocation.home}/labs/alice/lock`)).resolves.toBeDefined();
  await rm(invocation.home, { recursive: true });
});

test('a full disk is named, whoever met it', async () => {
  const met = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  const journal = new LabError('journal-not-written', words('half a line', ''), {
    exit: exitStatus.hostCannot,
    cause: met,
  });
  await expect(explainFullDisk(met, '/nowhere')).resolves.toMatchObject({ code: 'disk-full', exit: 4 });
  await expect(explainFullDisk(journal, '/nowhere')).resolves.toMatchObject({ code: 'disk-full', exit: 4 });
  await expect(explainFullDisk(first, '/nowhere')).resolves.toBe(first);
});
