import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const stages = new URL('../../scripts/test-stages.sh', import.meta.url).pathname;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'test-stages-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Status and what was said, without the seconds. */
function run(script: string): readonly string[] {
  const whole = `set -euo pipefail; work=${folder}; source ${stages}; trap end_running EXIT\n${script}`;
  const { status, stdout } = spawnSync('bash', ['-c', whole], { encoding: 'utf8', timeout: 20_000 });
  const lines = stdout.trimEnd().replaceAll(/ +\d+\.\d s/g, ' N s');
  return [String(status), ...lines.split('\n')];
}

test('lanes beside each other: each check with its seconds', () => {
  const told = run(`
    left() { check one true; check two sleep 0.2; }
    right() { check three true; }
    stage checks live side_by_side left right`);
  expect(told.toSorted()).toEqual(['0', ' N s  one', ' N s  two', ' N s  three', ' N s', '== checks'].toSorted());
});

test('a lane that ended before the others were begun counts with its status', () => {
  const told = run(`
    quick() { check 'the quick one' false; }
    slow() { :; }
    begin() {
      "$@" & begun=$!; running+=("$begun")
      while look_at "$begun"; do true | true; done
    }
    stage checks live side_by_side quick slow`);
  expect(told).toEqual([
    '1',
    '== checks',
    '   the quick one failed after N s (exit status 1)',
    '   checks failed after N s (exit status 1)',
  ]);
});

test('when a check fails it is shown, and what runs beside it ends with its children', () => {
  const told = run(`
    left() { check 'the long one' bash -c 'setsid sleep 60 & echo $! >${folder}/child; wait'; }
    right() { check 'the wrong one' bash -c 'until [[ -s ${folder}/child ]]; do sleep 0.05; done; echo why; exit 3'; check never true; }
    trap 'end_running; look_at $(<${folder}/child) && [[ $state != Z ]] || echo "no child is left"' EXIT
    stage checks live side_by_side left right`);
  expect(told).toEqual([
    '1',
    '== checks',
    'why',
    '   the wrong one failed after N s (exit status 3)',
    '   checks failed after N s (exit status 1)',
    '   the long one stopped',
    'no child is left',
  ]);
});

test('a signal ends a stage that runs, without waiting for it', () => {
  const told = run(`
    trap 'exit 143' TERM
    (sleep 0.3; kill -TERM $$) &
    stage 'a long stage' live apart sleep 60`);
  expect(told).toEqual(['143', '== a long stage', 'a long stage stopped']);
});
