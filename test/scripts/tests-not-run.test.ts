import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = new URL('../../scripts/tests-not-run.mjs', import.meta.url).pathname;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tests-not-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function told(results: Record<string, readonly string[]>, ...wanted: readonly string[]): Promise<string> {
  const testResults = Object.entries(results).map(([file, states]) => ({
    name: join(process.cwd(), file),
    assertionResults: states.map((status) => ({ status, fullName: `is ${status}` })),
  }));
  await writeFile(join(folder, 'real.json'), JSON.stringify({ testResults }));
  return run('real.json', ...wanted);
}

function run(report: string, ...wanted: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, [script, join(folder, report), ...wanted], {
    encoding: 'utf8',
  });
  return `${String(status)}\n${stdout}`;
}

test('all is well when every file ran, also one that failed', async () => {
  expect(await told({ 'test/a.test.ts': ['passed'], 'test/b.test.ts': ['failed'] }, 'test/a.test.ts', 'test/b.test.ts')) //
    .toBe('0\n');
});

test('a file that was chosen and did not run is a failure', async () => {
  expect(await told({ 'test/a.test.ts': ['passed'], 'test/b.test.ts': [] }, 'test/b.test.ts', 'test/c.test.ts')).toBe(
    '1\nNOT RUN test/b.test.ts: no test of it ran\nNOT RUN test/c.test.ts: no test of it ran\n',
  );
  expect(run('missing.json', 'test/a.test.ts')).toBe('1\nNOT RUN test/a.test.ts: no test of it ran\n');
});

test('so is a test that was skipped, or is still to do', async () => {
  const results = { 'test/a.test.ts': ['passed', 'skipped', 'todo', 'pending'] };
  expect((await told(results, 'test/a.test.ts')).trimEnd().split('\n')).toEqual([
    '1',
    'NOT RUN test/a.test.ts > is skipped (skipped)',
    'NOT RUN test/a.test.ts > is todo (todo)',
    'NOT RUN test/a.test.ts > is pending (pending)',
  ]);
});
