// The figures of scripts/bench --suite: how long scripts/test takes, beside the same machine's chapters 1 and 2 by hand.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './bench-table.mjs';

const { values: options } = parseArgs({
  options: {
    suite: { type: 'boolean' },
    edition: { type: 'string', default: 'trixie' },
    'skip-by-hand': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
/** Seconds, and how many times as long as by hand. */
const limit = 25 * 60;
const times = 6;

// First, for by hand installs packages too.
const suite = secondsOf('test');
const hand = suite === undefined || options['skip-by-hand'] ? undefined : secondsOf('bench-by-hand', options.edition);
const failed = suite === undefined || (hand === undefined && !options['skip-by-hand']);

if (failed) {
  process.exitCode = 1;
} else {
  const figure = { id: 'suite', what: 'scripts/test', value: suite, unit: 's', runs: [suite] };
  const ratio = hand === undefined ? undefined : suite / hand;
  const target = `≤ ${limit} s, ≤ ${times} times by hand`;
  const rows = [{ ...figure, target, ratio, met: suite <= limit && !(ratio > times) }];
  if (hand !== undefined) {
    rows.unshift({ id: 'by-hand', what: 'by hand', value: hand, unit: 's', runs: [hand], target: '' });
  }
  console.log(options.json ? JSON.stringify({ edition: options.edition, figures: rows }, null, 2) : table(rows));
  if (rows.some((row) => row.met === false)) process.exitCode = 1;
}

/** Of one run, with all that it installs; undefined when it fails. What it says goes to standard error. */
function secondsOf(script, ...args) {
  const began = performance.now();
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(file, args, { stdio: ['ignore', 2, 2] });
  if (status === 0) return (performance.now() - began) / 1000;
  console.error(`scripts/${script}: exit status ${status}`);
  return undefined;
}
