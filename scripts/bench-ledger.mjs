// What `lab measure` promises, in many repetitions, each held against what the database has; the better part of an hour.

import { largest } from './bench-table.mjs';

const name = 'ledger';
const patronictl = ['patronictl', '-c', '/etc/patroni/config.yml'];

/** `lab(...args)` gives { seconds, output }; `up(name, chapter)` and `destroy(name)` as in bench.mjs. */
export async function ledgerFigures({ lab, up, destroy, tell }) {
  await up(name, 'chapter-9');
  // Nobody is asked to wait for the usual clocks. An old leader must not wait either for replicas that it can't reach.
  await configure(lab, 'ttl=20', 'loop_wait=2', 'retry_timeout=3', 'postgresql.parameters.wal_sender_timeout=3s');
  await replicate(lab, true);
  const runs = [];
  for (const scenario of ['kill-node', 'partition-leader'])
    runs.push(await measure({ lab, tell }, scenario, { synchronous: true, repetitions: 20 }));
  await replicate(lab, false);
  runs.push(await measure({ lab, tell }, 'partition-leader', { synchronous: false, repetitions: 10 }));
  for (const scenario of others)
    runs.push(await measure({ lab, tell }, scenario, { synchronous: false, repetitions: 1 }));
  await destroy(name);
  return runs;
}

/** Asynchronous, each may lose rows or not: what counts is that they are told exactly. */
const others = ['switchover', 'stop-patroni', 'kill-node', 'freeze', 'kill-postgres', 'kill-patroni', 'dcs-loss'];

/** As rows of the table. */
export function ledgerRows(runs) {
  return runs.flatMap(({ scenario, synchronous, repetitions, lost, exact, withoutWrites, bound }) => {
    const id = `${scenario}-${synchronous ? 'synchronous' : 'asynchronous'}`;
    const what = `${scenario}, ${synchronous ? '' : 'a'}synchronous`;
    const losing = lost.filter((rows) => rows > 0).length;
    const count = (part, text, value, target, met) => {
      return { id: `${id}-${part}`, what: `${what}: ${text}`, value, unit: '', runs: lost, target, met };
    };
    const longest = largest(`${id}-without-writes`, `${what}: longest without writes`, withoutWrites, 's', bound);
    const losses = synchronous
      ? count('lost', 'acknowledged rows lost', sum(lost), '0', sum(lost) === 0)
      : count('losing', 'repetitions that lost rows', losing, `≥ ${repetitions * 0.9}`, losing >= repetitions * 0.9);
    const told = count(
      'exact',
      'repetitions that the database bears out',
      exact,
      `${repetitions}`,
      exact === repetitions,
    );
    return repetitions > 1 ? [losses, told, longest] : [told, longest];
  });
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

async function measure({ lab, tell }, scenario, { synchronous, repetitions }) {
  tell(`lab measure ${scenario}, ${synchronous ? '' : 'a'}synchronous, ${repetitions} times`);
  const options = ['--repetitions', String(repetitions), '--format', 'json'];
  const measured = JSON.parse((await lab('measure', scenario, '--lab', name, ...options)).output);
  if (measured.synchronous !== (synchronous ? 'on' : 'off')) throw new Error(`replication was ${measured.synchronous}`);
  const borneOut = [];
  for (const repetition of measured.repetitions) borneOut.push(await bearsOut(lab, repetition));
  return {
    scenario,
    synchronous,
    repetitions: measured.repetitions.length,
    lost: measured.repetitions.map(({ rows }) => rows.lost.length),
    exact: borneOut.filter(Boolean).length,
    withoutWrites: measured.repetitions.map(({ withoutWrites }) => withoutWrites?.seconds ?? 0),
    bound: measured.bound.seconds,
  };
}

/** The database has as many acknowledged rows, and lacks of them just those that were reported as lost. */
async function bearsOut(lab, { run, rows }) {
  const of = (table) => `select client, n from ${table} where run = '${run}'`;
  const missing = await ask(lab, `${of('ledger_acknowledged')} except ${of('ledger_rows')} order by 1, 2`);
  const acknowledged = await ask(lab, `select count(*) from ledger_acknowledged where run = '${run}'`);
  return acknowledged === String(rows.acknowledged) && missing === inOrder(rows.lost);
}

/** As psql tells them: "client|n", one a line. */
function inOrder(rows) {
  return rows
    .toSorted((one, other) => one.client - other.client || one.n - other.n)
    .map(({ client, n }) => `${client}|${n}`)
    .join('\n');
}

async function configure(lab, ...values) {
  const settings = values.flatMap((value) => ['-s', value]);
  await lab('exec', '--lab', name, 'pg-patroni1', '--', ...patronictl, 'edit-config', '--force', ...settings);
}

/** Comes back once the leader replicates so. */
async function replicate(lab, synchronous) {
  await configure(lab, `synchronous_mode=${synchronous}`);
  const standbys = synchronous ? '1' : '0';
  const deadline = performance.now() + 60_000;
  while ((await ask(lab, "select count(*) from pg_stat_replication where sync_state = 'sync'")) !== standbys) {
    if (performance.now() > deadline) throw new Error(`the leader does not have ${standbys} synchronous standbys`);
  }
}

/** The leader's answer. */
async function ask(lab, sql) {
  const { patroni } = JSON.parse((await lab('status', '--lab', name, '--format', 'json')).output);
  const leader = patroni.members.find(({ role }) => role === 'leader')?.node;
  const psql = ['runuser', '-u', 'postgres', '--', 'psql', '-U', 'dba', '-p', '5434', '-XAtc', sql, 'postgres'];
  return (await lab('exec', '--lab', name, leader, '--', ...psql)).output.trim();
}
