import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { guide, type GuideOptions } from '../../src/cli/guide.ts';
import { guardStream } from '../../src/ui/guard-stream.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { cliWorld, type CliWorldChange } from './cli-world.ts';

const workshop = await loadWorkshop(
  { actionKinds, checkKinds },
  new URL('../../labs/patroni-etcd', import.meta.url).pathname,
);

async function read(chapter: string, options: GuideOptions, change: Partial<CliWorldChange> = {}): Promise<string> {
  const { world, invocation, out } = await cliWorld({ workshop, ...change });
  try {
    await guide(world, { ...invocation, format: undefined }, chapter, options);
    return out();
  } finally {
    await rm(invocation.home, { recursive: true });
  }
}

/** A terminal, and what was shown on it. */
function terminal() {
  let text = '';
  const stdout = guardStream({
    isTTY: true,
    columns: 80,
    write: (more: string) => (text += more),
    on: () => undefined,
  });
  return { stdout, shown: () => text };
}

test('a block alone is what a shell gets, and nothing else', async () => {
  const block = await read('2', { copy: '2' });
  expect(block).toBe('apt-get update\napt-get install -y postgresql-17 patroni python3-etcd\npg_lsclusters\n');
  await expect(read('2', { copy: '99' })).rejects.toMatchObject({ code: 'block-unknown', exit: 2 });
  await expect(read('2', { copy: 'x' })).rejects.toMatchObject({ code: 'block-unknown', exit: 2 });
});

test('a step alone, by its number or name', async () => {
  const byNumber = await read('patroni', { step: '2' });
  expect(byNumber).toMatch(/^## 2\. PostgreSQL and Patroni/);
  expect(byNumber).not.toContain('## 3.');
  expect(await read('patroni', { step: 'install' })).toBe(byNumber);
  await expect(read('patroni', { step: 'instal' })).rejects.toMatchObject({ code: 'step-unknown', exit: 2 });
});

test('on a terminal a whole chapter is read in a pager; where there is none it is written', async () => {
  const paged: { readonly text: string; readonly line: number }[] = [];
  const showPaged = (there: boolean) => (text: string, line: number) => {
    paged.push({ text, line });
    return Promise.resolve(there);
  };
  const one = terminal();
  await read('1', {}, { stdout: one.stdout, services: { showPaged: showPaged(true) } });
  expect(one.shown()).toBe('');
  const two = terminal();
  await read('1', {}, { stdout: two.stdout, services: { showPaged: showPaged(false) } });
  expect(two.shown()).toBe(paged[1]?.text);
  expect(paged.map(({ line }) => line)).toEqual([1, 1]);
  const three = terminal();
  await read('1', { pager: false }, { stdout: three.stdout });
  expect(three.shown()).toBe(paged[1]?.text);
});
