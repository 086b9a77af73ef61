import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('test/real/seconds.json names no file that is gone', () => {
  const list = new URL('../../scripts/list-shards.mjs', import.meta.url).pathname;
  const { stdout } = spawnSync(process.execPath, [list], { encoding: 'utf8' });
  expect(stdout.split('\n').filter((line) => line.includes('which is not there'))).toEqual([]);
  expect(stdout).toContain('run everything once');
});
