// What docs/removing-actions.md says of the actions that remove data is so: in the code, and in what they do.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';

const root = join(import.meta.dirname, '..', '..');
const text = await readFile(join(root, 'docs', 'removing-actions.md'), 'utf8');

/** Of the first table: action, what it removes. */
const rows = text.split('\n').flatMap((line) => {
  const [, action, removes, only, proof] = /^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|/.exec(line) ?? [];
  return action === undefined ? [] : [{ action, removes, only, proof }];
});

test('the table lists exactly the actions that are marked as removing, with what they remove', () => {
  const marked = [...actionKinds.values()].filter(({ removes }) => removes !== undefined);
  const inCode = marked.map(({ name, removes }) => `${name}: ${removes?.join(', ') ?? ''}`).sort();
  expect(rows.map(({ action, removes }) => `${action}: ${removes ?? ''}`).sort()).toEqual(inCode);
});

test('every one has its state and its proof', () => {
  for (const { action, only = '', proof = '' } of rows) expect([action, only.trim(), proof.trim()]).not.toContain('');
});

test('every file with a command that removes something is named', async () => {
  const removing =
    /rm -rf|'rm', |rm -f |pg_dropcluster|'reinit'|reinitialize|'del'|'member', 'remove'|drop table|delete from|--initialize|'expire'/;
  const folder = join(root, 'src', 'actions');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const found = await Promise.all(
    files.map(async (name) => (removing.test(await readFile(join(folder, name), 'utf8')) ? [name] : [])),
  );
  const named = new Set(Array.from(text.matchAll(/`([a-z-]+\.ts)`/g), ([, name = '']) => name));
  expect(found.flat().filter((name) => !named.has(name.split('/').at(-1) ?? ''))).toEqual([]);
  expect(found.flat().length).toBeGreaterThan(10);
});

describe('the codes in the table are those of the code', () => {
  const codes = Array.from(
    text.matchAll(/`((?:etcd|rows|table|directory|cluster|data)-[a-z-]+)`/g),
    ([, code]) => code,
  );
  test.each([...new Set(codes)].filter((code) => !actionKinds.has(code ?? '')))('%s', async (code = '') => {
    const folder = join(root, 'src', 'actions');
    const sources = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
    );
    expect(sources.some((source) => source.includes(`'${code}'`))).toBe(true);
  });
});
