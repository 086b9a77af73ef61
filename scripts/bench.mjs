// The figures of scripts/bench. Every lab is made with the command that users have, through its contract in CLI.md.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { certificateSeconds } from './bench-certificates.mjs';
import { checkpointFigures } from './bench-checkpoints.mjs';
import { ledgerFigures, ledgerRows } from './bench-ledger.mjs';
import { memoryOfNodes, monitorsOf } from './bench-memory.mjs';
import { largest, median, table } from './bench-table.mjs';

const { values: options } = parseArgs({
  options: {
    edition: { type: 'string', default: 'trixie' },
    'skip-by-hand': { type: 'boolean', default: false },
    ledger: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const scripts = fileURLToPath(new URL('.', import.meta.url));
const home = mkdtempSync('/var/tmp/lab-bench.');
// The nodes' users pass through it.
chmodSync(home, 0o755);
const environment = { ...process.env, LAB_HOME: home, LAB_EDITION: options.edition, LAB_LANG: 'en' };
delete environment.LAB_WORKSHOP;
const labs = new Set();
let interrupted = false;
let running;
// The program that is running ends, then what was made is removed. Ctrl-C and a closed terminal reach it by themselves.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    if (signal === 'SIGTERM') running?.kill(signal);
  });
}

/** Runs a program and waits; seconds and output. Throws when it fails. */
async function run(command, args) {
  return runFile(join(scripts, command), args);
}

async function runFile(file, args) {
  if (interrupted) throw new Error('interrupted');
  const started = performance.now();
  const child = spawn(file, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  running = undefined;
  const seconds = (performance.now() - started) / 1000;
  if (interrupted) throw new Error('interrupted');
  if (status !== 0) {
    const said = `${output}${errors}`.trimEnd().split('\n').slice(-25).join('\n');
    throw new Error(`${file} ${args.join(' ')}: exit status ${status}\n${said}`);
  }
  return { seconds, output };
}

const lab = (...args) => run('lab', args);

async function up(name, chapter = 'chapter-2') {
  tell(`lab up ${chapter} (${name})`);
  labs.add(name);
  return (await lab('up', chapter, '--lab', name, '--yes', '--format', 'plain')).seconds;
}

/** What was kept would be restored instead of built. */
function forgetChapterEnds() {
  rmSync(join(home, 'checkpoints'), { recursive: true, force: true });
}

async function destroy(name) {
  await lab('destroy', '--lab', name, '--yes');
  labs.delete(name);
}

async function verify(name) {
  const { seconds, output } = await lab('verify', '--lab', name, '--format', 'json');
  const report = JSON.parse(output);
  if (!report.passed || report.counts.pass === 0) throw new Error(`lab verify did not pass: ${output}`);
  return seconds;
}

async function repeat(times, measure) {
  const runs = [];
  for (let time = 1; time <= times; time += 1) runs.push(await measure(time));
  return runs;
}

function tell(text) {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
}

async function byHand() {
  tell('by hand');
  const { output } = await run('bench-by-hand', [options.edition]);
  process.stderr.write(output);
  return Number(/by-hand seconds: ([\d.]+)/.exec(output)[1]);
}

/** What the script before the program adds when nothing is missing, in seconds: the two by turns, on the same machine. */
async function startedAgain() {
  tell('a second start of scripts/lab');
  const program = [fileURLToPath(new URL('../dist/main.js', import.meta.url)), 'list'];
  return repeat(10, async () => {
    const alone = await runFile(process.execPath, program);
    return (await lab('list')).seconds - alone.seconds;
  });
}

/** Bytes three times, some seconds apart: nobody does anything in the lab meanwhile. */
async function idleMemory() {
  tell('memory of the idle lab');
  return repeat(3, async () => {
    await pause(5000);
    return memoryOfNodes(home);
  });
}

async function measure() {
  if (options.ledger) return ledgerRows(await ledgerFigures({ lab, up, destroy, tell }));
  // Before "by hand", which removes five whole systems at its end: an ext4 without a journal gives freed inodes to nobody
  // for minutes, and looks at each of them for every new file (recently_deleted in its sources). What is built in that
  // time takes half as long again.
  tell('from nothing but a mirror:');
  const first = await up('bench-0');
  await lab('down', '--lab', 'bench-0');
  const hand = options['skip-by-hand'] ? undefined : await byHand();
  await destroy('bench-0');
  const ready = await repeat(3, async (time) => {
    if (time > 1) await destroy(`bench-${time - 1}`);
    forgetChapterEnds();
    return up(`bench-${time}`);
  });
  tell('lab verify');
  const verified = await repeat(5, () => verify('bench-3'));
  tell('lab --help');
  const helped = await repeat(10, async () => (await lab('--help')).seconds);
  const added = await startedAgain();
  const memory = await idleMemory();
  await destroy('bench-3');
  const checkpoints = await checkpointFigures({ lab, up, destroy, verify, repeat, tell });
  const certificates = await certificateSeconds({ repeat, tell });
  return figures({ hand, first, ready, verified, helped, added, memory, checkpoints, certificates });
}

/** Seconds. */
const restoredLimits = { 7: 11, 8: 12, 10: 14 };

function figures({ hand, first, ready, verified, helped, added, memory, checkpoints, certificates }) {
  const faster = (seconds) => (hand === undefined ? undefined : hand / seconds);
  const seconds = (id, what, runs, limit, times) => {
    const value = median(runs);
    const comparable = limit !== undefined || (times !== undefined && hand !== undefined);
    const met = comparable ? !(value > limit) && !(faster(value) < times) : null;
    const targets = [limit && `≤ ${limit} s`, times && `≥ ${times} times faster than by hand`].filter(Boolean);
    return { id, what, value, unit: 's', runs, target: targets.join(', '), ratio: times && faster(value), met };
  };
  const megabytes = memory.includes(undefined) ? [] : memory.map((bytes) => bytes / 1e6);
  return [
    ...(hand === undefined ? [] : [seconds('by-hand', 'by hand', [hand])]),
    seconds('up-from-mirror', 'lab up chapter-2, nothing there but a mirror', [first], undefined, 2),
    seconds('up-images-ready', 'lab up chapter-2, images ready', ready, 10, 12),
    seconds('verify', 'lab verify, all pass', verified, 2),
    seconds('help', 'lab --help', helped, 0.25),
    seconds('start', 'what a second start of scripts/lab adds', added, 0.05),
    {
      id: 'memory',
      what: 'memory of an idle lab with five nodes',
      value: median(megabytes),
      unit: 'MB',
      runs: megabytes,
      target: '≤ 300 MB',
      met: median(megabytes) <= 300,
    },
    seconds('prepare-chapters', 'lab prepare --chapters, images ready', [checkpoints.prepared]),
    seconds('up-restored', 'lab up chapter-5 in a new lab, checkpoints there', checkpoints.restored, 10),
    seconds('reset', 'lab reset in chapter 5, every check of chapters 1 to 4 passed', checkpoints.reset, 7),
    seconds('verify-5', 'lab verify of chapter 5, all pass', checkpoints.verified, 2),
    ...checkpoints.later.flatMap(({ chapter, restored, verified: looked }) => [
      seconds(
        `up-${chapter}`,
        `lab up chapter-${chapter} in a new lab, checkpoints there`,
        [restored],
        restoredLimits[chapter],
      ),
      seconds(`verify-${chapter}`, `lab verify of chapter ${chapter}, all pass`, looked, 3),
    ]),
    seconds('certificates', 'all keys and certificates of a lab', certificates, 3),
    ...checkpoints.failovers.map(({ scenario, withoutWrites, bound }) =>
      largest(`${scenario}-haproxy`, `without writes through HAProxy, ${scenario}`, withoutWrites, 's', bound),
    ),
    largest('frozen', 'the longest that a checkpoint froze the nodes', checkpoints.frozen, 's', 1.5),
    largest(
      'checkpoint-size',
      'the largest checkpoint',
      checkpoints.bytes.map((bytes) => bytes / 1e6),
      'MB',
      150,
    ),
  ];
}

/** Also the one of a `lab prepare --chapters` that was cut off. */
async function labsThere() {
  const listed = await lab('list', '--format', 'json').catch(() => undefined);
  return listed === undefined ? [...labs] : JSON.parse(listed.output).labs.map(({ name }) => name);
}

async function removeEverything() {
  interrupted = false;
  for (const name of await labsThere()) await destroy(name).catch((error) => tell(String(error)));
  if (monitorsOf(home).length === 0) return rmSync(home, { recursive: true, force: true });
  tell(`nodes are still running in ${home}: not removed`);
  process.exitCode = 1;
}

try {
  const rows = await measure();
  console.log(options.json ? JSON.stringify({ edition: options.edition, figures: rows }, null, 2) : table(rows));
  if (rows.some((row) => row.met === false)) process.exitCode = 1;
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = interrupted ? 130 : 1;
} finally {
  await removeEverything();
}
