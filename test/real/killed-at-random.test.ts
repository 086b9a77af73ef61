// Commands killed at moments of chance, always the same ones: `scripts/kill-at-random.mjs` goes on for as long as one wants.

import { expect, test } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { testHome } from './real-lab.ts';

const script = new URL('../../scripts/kill-at-random.mjs', import.meta.url).pathname;

test('a dozen killed commands: the next one repairs, and destroy leaves nothing', async () => {
  const result = await runProgram([process.execPath, script, '--kills', '12', '--seed', '4'], {
    env: { LAB_HOME: testHome() },
    timeoutSeconds: 550,
  });
  const summary = /12 kills, seed 4: (.*), (\d+) defects/.exec(result.stdout);
  const { SIGKILL = 0, SIGINT = 0 } = JSON.parse(summary?.[1] ?? '{}') as Record<string, number>;
  expect(summary?.[2], result.stdout + result.stderr).toBe('0');
  // The others were done before they were to be killed.
  expect(SIGKILL + SIGINT).toBeGreaterThanOrEqual(6);
  expect(result.exitStatus).toBe(0);
});
