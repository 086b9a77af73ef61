// The road of a lab under a load that is none of its own: restored, verified, `up` again, `down` and `up`, saved, put back,
// begun anew, and measured, while so many programs count for nothing and other labs come up. Its decisions have to be those
// of a quiet machine. One line for each command, and a summary; exit status 1 when a step was done again, a check
// failed, a command did, or the lead moved without a reason.
//   LAB_HOME=DIR node scripts/under-load.mjs [--load N] [--labs N] [--chapter ID]
// --load: programs that want a processor (default 40). --labs: other labs that come up beside it (default 4). --chapter:
// where the lab is, its end kept in the home already (default chapter-7; from there on `measure` is among the commands).

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: {
    load: { type: 'string', default: '40' },
    labs: { type: 'string', default: '4' },
    chapter: { type: 'string', default: 'chapter-7' },
  },
});
const home = process.env['LAB_HOME'];
if (home === undefined) throw new Error('LAB_HOME says where the labs are');
const { chapter } = given;
const main = new URL('../dist/main.js', import.meta.url).pathname;
const name = 'under-load';
const beside = Array.from({ length: Number(given.labs) }, (_, index) => `beside-${String(index + 1)}`);
const longest = 3_600_000;
const defects = [];

const environment = (lab) => ({ ...process.env, LAB_HOME: home, LAB_NAME: lab, LAB_LANG: 'en', NO_COLOR: '1' });

function lab(args, of = name) {
  return spawnSync(process.execPath, [main, ...args], {
    env: environment(of),
    encoding: 'utf8',
    timeout: longest,
    maxBuffer: 1e8,
  });
}

/** Steps that were begun, in their order. */
function stepsBegun() {
  const lines = readFileSync(join(home, 'labs', name, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'step-started')
    .map((fact) => `${fact.chapter}/${fact.step}`);
}

/** Of the leader: each promotion is one more. */
function timeline() {
  const { patroni } = JSON.parse(lab(['status', '--format', 'json']).stdout);
  return patroni?.members.find(({ role }) => role === 'leader')?.timeline ?? null;
}

/** `steps`: whether the command does any. `moves`: whether it may move the lead. */
function run(args, { steps = false, moves = false } = {}) {
  const before = { steps: stepsBegun().length, timeline: timeline() };
  const began = performance.now();
  const result = lab(args);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const again = stepsBegun().slice(before.steps);
  const now = timeline();
  const wrong = [
    ...(result.status === 0 ? [] : [`exit status ${String(result.status)}`]),
    ...(steps || again.length === 0 ? [] : [`done again: ${again.join(' ')}`]),
    ...(moves || now === before.timeline ? [] : [`timeline ${String(before.timeline)}, then ${String(now)}`]),
  ];
  const load = loadavg()[0].toFixed(0);
  console.log(
    `lab ${args.join(' ')}: ${seconds} s at a load of ${load}${wrong.length === 0 ? '' : `: ${wrong.join('; ')}`}`,
  );
  if (wrong.length === 0) return;
  defects.push(args.join(' '));
  console.log(`${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-30).join('\n'));
}

const burners = Array.from({ length: Number(given.load) }, () => spawn('sh', ['-c', 'while :; do :; done']));
const others = beside.map((other) =>
  spawn(process.execPath, [main, 'up', chapter], { env: environment(other), stdio: 'ignore' }),
);
try {
  if (lab(['up', chapter]).status !== 0) throw new Error(`the lab did not come to the end of ${chapter}`);
  run(['verify']);
  run(['up', chapter]);
  run(['save', 'under-load', '--replace']);
  run(['down'], { moves: true });
  run(['up', chapter]);
  run(['restore', 'under-load', '--yes'], { moves: true });
  run(['verify', '--wait', '300s']);
  run(['up', chapter]);
  if (Number(chapter.replace('chapter-', '')) >= 7) run(['measure', 'stop-patroni'], { moves: true });
  run(['reset', '--yes'], { moves: true });
  run(['up', chapter], { steps: true, moves: true });
  run(['verify']);
} finally {
  for (const burner of burners) burner.kill('SIGKILL');
  await Promise.all(
    others.map((other) =>
      other.exitCode === null ? new Promise((resolve) => other.once('exit', resolve)) : undefined,
    ),
  );
  for (const one of [name, ...beside]) lab(['destroy', '--yes'], one);
}
console.log(`${String(defects.length)} defects${defects.length === 0 ? '' : `: ${defects.join(', ')}`}`);
process.exitCode = defects.length === 0 ? 0 : 1;
