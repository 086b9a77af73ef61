import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const scripts = new URL('../../scripts/', import.meta.url).pathname;
const recording = 'fixtures/recorded/mistakes/trixie/06-dcs/two-lost.json';
let checkout: string;
let chosen: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'choose-tests-'));
  chosen = join(checkout, 'node_modules');
  mkdirSync(chosen);
  write('.gitignore', 'node_modules');
  const measured: Record<string, number> = { 'test/contract/a.lxc.test.ts': 20 };
  for (const [name, seconds] of Object.entries({
    'mistakes/06-dcs-trixie': 410,
    faults: 400,
    measure: 390,
    images: 380,
  })) {
    write(`test/real/${name}.test.ts`, '');
    measured[`test/real/${name}.test.ts`] = seconds;
  }
  write('test/real/main-road/chapters.test.ts', '');
  write('test/contract/a.lxc.test.ts', '');
  write('test/real/seconds.json', JSON.stringify(measured));
});
afterEach(() => rmSync(checkout, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

function git(args: readonly string[], date = '2026-03-01T12:00:00Z'): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'commit.gpgSign=false'];
  const env = { ...process.env, GIT_COMMITTER_DATE: date };
  execFileSync('git', [...identity, ...args], { cwd: checkout, env, stdio: 'ignore' });
}

function init(): void {
  git(['init', '-b', 'main']);
  commit();
}

function commit(date?: string): void {
  git(['add', '.']);
  git(['commit', '--allow-empty', '-m', 'x'], date);
}

function run(script: string, ...args: readonly string[]): { status: number | null; told: readonly string[] } {
  const { status, stdout } = spawnSync(process.execPath, [scripts + script, ...args], {
    cwd: checkout,
    encoding: 'utf8',
  });
  return { status, told: stdout.trimEnd().split('\n') };
}

function choose(...args: readonly string[]): { road: string; share: string; told: readonly string[] } {
  const { status, told } = run('choose-tests.mjs', chosen, ...args);
  expect(status).toBe(0);
  return { road: readFileSync(join(chosen, 'road'), 'utf8'), share: readFileSync(join(chosen, 'share'), 'utf8'), told };
}

test('the main road always, and the shard of the commit, each with its reason', () => {
  init();
  commit();
  commit();
  const { road, share, told } = choose();
  expect(road).toBe('test/real/main-road/chapters.test.ts\ntest/contract/a.lxc.test.ts\n');
  expect(share).toBe('test/real/measure.test.ts\ntest/real/images.test.ts\n');
  expect(told).toEqual([
    '   test/real/main-road/chapters.test.ts  main road, always, not measured: counts as 120 s',
    '   test/contract/a.lxc.test.ts  main road, always, 20 s',
    '   test/real/measure.test.ts  shard 2 of 2 (commit 3), 390 s',
    '   test/real/images.test.ts  shard 2 of 2 (commit 3), 380 s',
    '   the main road: about 2.0 min',
    '   of the rest: about 6.5 min',
  ]);
});

test('what the last commit touches, and what is not committed yet, runs too', () => {
  init();
  write('test/real/measure.test.ts', '// changed');
  commit();
  expect(choose().share).toContain('measure');
  commit();
  commit();
  expect(choose().share).not.toContain('measure');
  write('labs/patroni-etcd/chapters/06-dcs/new.yml', '');
  git(['reset', '--hard', 'HEAD^']);
  expect(choose().told).toContain(
    '   test/real/mistakes/06-dcs-trixie.test.ts  chapter 06-dcs changed by this branch, 410 s',
  );
});

test('all of the branch counts when there is an upstream that it left', () => {
  init();
  git(['update-ref', 'refs/remotes/origin/main', 'HEAD']);
  write('test/real/measure.test.ts', '// changed');
  commit();
  commit();
  commit();
  expect(choose().share).toContain('measure');
});

test('mistakes that were recorded in the last 24 hours of history run without the others of their file', () => {
  init();
  write(recording, '{}');
  commit('2026-03-02T12:00:00Z');
  commit('2026-03-03T11:00:00Z');
  expect(choose().share).toContain('06-dcs');
  expect(JSON.parse(readFileSync(join(chosen, 'mistakes'), 'utf8'))).toEqual({ '06-dcs-trixie': ['two-lost'] });
  commit('2026-03-03T11:00:00Z');
  rmSync(join(checkout, recording));
  commit('2026-03-03T11:00:00Z');
  expect(choose().told.join()).not.toContain('two-lost');
  write(recording, '{}');
  expect(choose().told.join()).toContain('two-lost');
  commit('2026-03-03T11:00:00Z');
  commit('2026-03-04T13:00:00Z');
  expect(choose().share).not.toContain('06-dcs');
});

test('without git, and in a clone that is cut off, the first shard runs', () => {
  const { told, share } = choose();
  expect(told).toContain('   test/real/faults.test.ts  shard 1 of 2 (there is no git history here), 400 s');
  expect(share).toContain('06-dcs');
  init();
  writeFileSync(join(checkout, '.git/shallow'), execFileSync('git', ['rev-parse', 'HEAD'], { cwd: checkout }));
  expect(choose().told).toContain('   test/real/faults.test.ts  shard 1 of 2 (the git history here is cut off), 400 s');
});

test('a part, a chapter, or everything', () => {
  expect(choose('--shard', '1/1')).toMatchObject({ road: '' });
  expect(choose('--shard', '2/2').share).toBe('test/real/measure.test.ts\ntest/real/images.test.ts\n');
  expect(choose('--chapter', '6')).toMatchObject({ road: '', share: 'test/real/mistakes/06-dcs-trixie.test.ts\n' });
  expect(choose('--all').share.trimEnd().split('\n')).toHaveLength(4);
  for (const none of [
    ['--shard', '3/2'],
    ['--shard', '9/9'],
    ['--chapter', '7'],
  ])
    expect(run('choose-tests.mjs', chosen, ...none).status).toBe(2);
});

test('--list tells the shards, the files that nobody measured, and seconds of files that are gone', () => {
  const listed = run('list-shards.mjs');
  expect(listed.status).toBe(0);
  expect(listed.told).toContain('   120 s  test/real/main-road/chapters.test.ts  (not measured yet)');
  expect(listed.told).toContain('shard 2/2: 6.5 min (770 s of tests)');
  expect(listed.told.at(-1)).toBe(
    'This checkout (there is no git history here) runs shard 1; 2 commits in a row run everything once.',
  );
  rmSync(join(checkout, 'test/real/faults.test.ts'));
  const gone = run('list-shards.mjs');
  expect(gone.status).toBe(1);
  expect(gone.told).toContain('test/real/seconds.json names test/real/faults.test.ts, which is not there.');
  run('write-test-seconds.mjs');
  expect(run('list-shards.mjs').status).toBe(0);
});
