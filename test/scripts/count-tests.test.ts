import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = new URL('../../scripts/count-tests.mjs', import.meta.url).pathname;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'count-tests-'));
});
afterEach(() => rm(folder, { recursive: true }));

function told(): string[] {
  return execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }).trimEnd().split('\n');
}

function report(change: object): string {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  return JSON.stringify({ ...none, ...change });
}

test('adds up the reports of all projects', async () => {
  await writeFile(join(folder, 'unit.json'), report({ numPassedTests: 3 }));
  await writeFile(join(folder, 'real.json'), report({ numPassedTests: 2, numPendingTests: 1 }));
  expect(told()).toEqual(['5 passed, 0 failed, 1 skipped']);
});

test('tells every failure, a file that could not be loaded among them, in short', async () => {
  const steps = Array.from({ length: 30 }, (_, n) => `step ${String(n)}`);
  const message = ['lab up: 1', ...steps, '✘ the reason', '    at test.ts:3:1'].join('\n');
  const failure = { status: 'failed', fullName: 'chapters on trixie', failureMessages: [message] };
  const testResults = [
    { name: join(process.cwd(), 'test/one.test.ts'), status: 'failed', message: '', assertionResults: [failure] },
    {
      name: join(process.cwd(), 'test/two.test.ts'),
      status: 'failed',
      message: 'no such module',
      assertionResults: [],
    },
  ];
  await writeFile(join(folder, 'real.json'), report({ numPassedTests: 1, numFailedTests: 1, testResults }));
  const lines = told();
  expect(lines.slice(0, 3)).toEqual(['FAILED test/one.test.ts > chapters on trixie', '  lab up: 1', '  …']);
  expect(lines.slice(-4)).toEqual([
    '  ✘ the reason',
    'FAILED test/two.test.ts',
    '  no such module',
    '1 passed, 2 failed',
  ]);
  expect(lines).toHaveLength(16);
});
