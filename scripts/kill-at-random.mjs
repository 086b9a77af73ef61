// Commands of lab, killed at moments of chance: the next command has to repair what they left, and `destroy` to leave
// nothing. One line for each kill, and a summary; exit status 1 when something was not repaired or was left.
//   LAB_HOME=DIR node scripts/kill-at-random.mjs [--kills N] [--seed N] [--chapter ID] [--only VERB,VERB] [--images]
// The same seed takes the same verbs and signals, and moments as far as the machine is as fast. --chapter: where the lab is kept (default chapter-1; from
// chapter-7 on `measure` is among the verbs). --images: kills `prepare` too while it builds an image of bookworm, whose
// topmost layer it removes first: for a home of one's own.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: {
    kills: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    chapter: { type: 'string', default: 'chapter-1' },
    only: { type: 'string' },
    images: { type: 'boolean', default: false },
  },
});
const home = process.env['LAB_HOME'];
if (home === undefined) throw new Error('LAB_HOME says where the labs are');
const { chapter } = given;
const name = `random-${given.seed}`;
const main = new URL('../dist/main.js', import.meta.url).pathname;
const env = { ...process.env, LAB_HOME: home, LAB_NAME: name, LAB_LANG: 'en', NO_COLOR: '1' };
/** Milliseconds: before, lab has not begun. */
const earliest = 100;
const random = seeded(Number(given.seed));

/** Milliseconds that a verb takes on a quiet machine, at the most: it is killed before; and what has to be there before it. */
const verbs = {
  up: { args: ['up', chapter], most: 2000, before: () => lab(['down']) },
  'up-new': { args: ['up', chapter], most: 2500, before: () => lab(['destroy', '--yes']) },
  start: { args: ['start', chapter, '--yes'], most: 3000 },
  reset: { args: ['reset', chapter, '--yes'], most: 3000 },
  save: { args: ['save', 'other', '--replace'], most: 1200 },
  restore: { args: ['restore', 'kept', '--yes'], most: 2000 },
  fault: { args: ['fault', 'freeze', 'etcd2'], most: 700 },
  heal: { args: ['heal'], most: 700, before: () => lab(['fault', 'kill-node', 'etcd3']) },
  down: { args: ['down'], most: 2500 },
  destroy: { args: ['destroy', '--yes'], most: 700 },
  ...(Number(chapter.replace('chapter-', '')) >= 7 && { measure: { args: ['measure', 'kill-node'], most: 30_000 } }),
  ...(given.images && {
    prepare: {
      args: ['prepare', '--edition', 'bookworm'],
      most: 25_000,
      before: removeLayer,
      after: ['prepare', '--edition', 'bookworm'],
    },
  }),
};
const names = given.only === undefined ? Object.keys(verbs) : given.only.split(',');
const defects = [];
const cut = { SIGKILL: 0, SIGINT: 0, 'before the kill': 0 };

must(['up', chapter]);
for (let kill = 1; kill <= Number(given.kills); kill += 1) {
  const verb = names[Math.floor(random() * names.length)];
  const signal = random() < 0.6 ? 'SIGKILL' : 'SIGINT';
  const { args, most, before, after } = verbs[verb];
  const wait = earliest + Math.floor(random() * Math.max(0, most - earliest));
  if (verb === 'restore' && !existsSync(join(home, 'labs', name, 'checkpoints', 'kept'))) must(['save', 'kept']);
  before?.();
  const started = performance.now();
  const ended = await killed(args, signal, wait);
  // On this machine it takes no longer.
  if (ended !== 'killed') verbs[verb].most = performance.now() - started;
  cut[ended === 'killed' ? signal : 'before the kill'] += 1;
  const began = performance.now();
  const repaired = lab(after ?? ['up', chapter]);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verified = repaired.status === 0 ? lab(['verify', chapter]) : repaired;
  const line = `${String(kill).padStart(3)} ${verb} ${signal} after ${String(wait)} ms (${ended}): repaired in ${seconds} s`;
  if (verified.status === 0) console.log(line);
  else tell(`${line}: ${repaired.status === 0 ? 'verify' : 'repair'} ${String(verified.status)}`, verified);
  if (verified.status !== 0) lab(['up', chapter]);
  if (kill % 10 === 0) nothingIsLeft(kill);
}
nothingIsLeft('end');
console.log(`${given.kills} kills, seed ${given.seed}: ${JSON.stringify(cut)}, ${String(defects.length)} defects`);
process.exitCode = defects.length === 0 ? 0 : 1;

function lab(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    env,
    encoding: 'utf8',
    timeout: 600_000,
  });
  return { status, said: `${stdout}\n${stderr}` };
}

function must(args) {
  const result = lab(args);
  if (result.status !== 0) throw new Error(`lab ${args.join(' ')}: ${String(result.status)}\n${result.said}`);
}

/** `killed`, or the exit status of a command that was faster. */
function killed(args, signal, milliseconds) {
  return new Promise((resolve) => {
    const command = spawn(process.execPath, [main, ...args], { env, stdio: 'ignore', detached: true });
    let sent = false;
    const timer = setTimeout(() => {
      sent = command.kill(signal);
    }, milliseconds);
    command.on('exit', (status) => {
      clearTimeout(timer);
      resolve(sent ? 'killed' : `status ${String(status)}`);
    });
  });
}

function tell(what, { said }) {
  defects.push(what);
  console.log(`DEFECT ${what}\n${said.trim().replace(/^/gm, '      | ')}`);
}

/** Of this lab, once it is destroyed. */
function nothingIsLeft(when) {
  const destroyed = lab(['destroy', '--yes']);
  if (destroyed.status !== 0) tell(`${String(when)}: destroy ${String(destroyed.status)}`, destroyed);
  const lxcPath = join(home, 'labs', name);
  const namespace = `lab-${name}-${createHash('sha256').update(home).digest('hex').slice(0, 6)}`;
  const left = [
    ...readdirSync(join(home, 'labs')).filter((one) => one === name || one.startsWith('.')),
    ...readdirSync('/run/netns').filter((one) => one === namespace),
    ...readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`${lxcPath}/`)),
    ...spawnSync('losetup', ['--list', '--noheadings'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.includes(`${lxcPath}/`)),
    ...processes()
      .filter(({ command }) => command.includes(`${lxcPath}/`))
      .map(({ pid, command }) => `process ${pid}: ${command}`),
  ];
  if (left.length > 0) tell(`${String(when)}: destroy left`, { said: left.join('\n') });
  if (when !== 'end') must(['up', chapter]);
}

function processes() {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
      } catch {
        return [];
      }
    });
}

function removeLayer() {
  const layers = join(home, 'images', 'layers');
  for (const layer of readdirSync(layers).filter((one) => one.startsWith('bookworm-etcd-')))
    rmSync(join(layers, layer), { recursive: true });
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
