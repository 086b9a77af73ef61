// One repetition: clients write, the fault comes, the service comes back, everything is healed, every row accounted for.

import { type LedgerJob } from '../../model/ledger-job.ts';
import { type Repetition } from '../../model/measurement.ts';
import { words } from '../../model/words.ts';
import { accountForRows } from '../../ledger/account-for-rows.ts';
import { longestOutage } from '../../ledger/longest-outage.ts';
import { type LedgerRecord } from '../../ledger/ledger-line.ts';
import { type Scenario } from '../../ledger/scenarios.ts';
import { seededRandom } from '../../ledger/seeded-random.ts';
import { throughput } from '../../ledger/throughput.ts';
import { bringMembersBack, type WholeCluster } from '../bring-members-back.ts';
import { type ActionContext } from '../kind.ts';
import { awaitEnd, lastFailure, type Watched } from './await-end.ts';
import { type LedgerClients, startClients, wholeRecord } from './ledger-clients.ts';
import { closeLedger, prepareLedger, storedRows } from './ledger-tables.ts';
import { type MeasuredCluster } from './measured-cluster.ts';
import { hitNodes, runScenario } from './run-scenario.ts';
import { seenLayers } from './seen-layers.ts';
import { watchLeaderKey } from './watch-leader-key.ts';

export interface RepetitionOptions {
  readonly run: string;
  /** The same measurement's runs before this one. */
  readonly earlierRuns: readonly string[];
  readonly scenario: Scenario;
  readonly clients: number;
  readonly rate: number | null;
  readonly seed: number;
  /** The clients write at least so long after the fault. */
  readonly leastSeconds: number;
}

/** Long enough for a rate that means something, before the fault comes at a moment that the seed decides. */
const warmUpSeconds = 1.5;

export async function measureOnce(
  context: ActionContext,
  measured: MeasuredCluster,
  options: RepetitionOptions,
): Promise<Repetition> {
  const cluster = await bringMembersBack(context);
  await prepareLedger(context, cluster.leader.name);
  const before = cluster.leader.member ?? cluster.leader.name;
  const { record, watched, healedAt } = await underWrites(context, measured, options, cluster);
  context.progress(words('healing', 'réparation'));
  await context.healFaults();
  const { leader } = await bringMembersBack(context);
  context.progress(words('counting rows', 'décompte des lignes'));
  const rows = accountForRows(record.writes, await storedRows(context, leader, options.run));
  await closeLedger(
    context,
    leader.name,
    { ...options, scenario: options.scenario.name, synchronous: measured.synchronous },
    record.writes,
  );
  const { faultAt } = watched;
  const writes = record.writes.map(({ began, done, outcome }) => ({ began, done, ok: outcome === 'acknowledged' }));
  const withoutWrites = longestOutage(writes, faultAt);
  const hit = hitNodes(context, options.scenario, cluster);
  const layers = await seenLayers(await context.look(), {
    ...{ faultAt, withoutWrites, healedAt, leaderBefore: before, leaderAfter: leader },
    hit: hit.map(({ name }) => name).join(', '),
    proxies: measured.way.proxies,
    keyChanges: watched.keys.changes,
  });
  return {
    run: options.run,
    faultAt: new Date(faultAt).toISOString(),
    leaderBefore: before,
    leaderAfter: leader.member ?? leader.name,
    hit: hit.map(({ name }) => name),
    rows,
    withoutWrites,
    withoutReads: longestOutage(record.reads, faultAt),
    brokenConnections: record.broken.filter(({ at }) => at >= faultAt).length,
    layers,
    throughput: throughput(record, faultAt),
  };
}

interface UnderWrites {
  readonly record: LedgerRecord;
  readonly watched: Watched;
  readonly healedAt: number | null;
}

async function underWrites(
  context: ActionContext,
  measured: MeasuredCluster,
  options: RepetitionOptions,
  cluster: WholeCluster,
): Promise<UnderWrites> {
  const { scenario, leastSeconds } = options;
  const { bound } = measured;
  const job = jobOf(context, measured, options);
  const stopClients = new AbortController();
  const stopWatch = new AbortController();
  const keys = watchLeaderKey(context, job.mostSeconds, AbortSignal.any([context.signal, stopWatch.signal]));
  const clients = startClients(context, job, AbortSignal.any([context.signal, stopClients.signal]));
  try {
    await warmUp(context, measured, options, { clients, watching: () => keys.watching });
    context.progress(scenario.describe);
    const faultAt = await runScenario(context, scenario, cluster);
    const leaderBefore = cluster.leader.member ?? cluster.leader.name;
    const watched: Watched = { clients, keys, bound, leaderBefore, faultAt };
    context.progress(words('waiting for writes to come back', 'en attendant le retour des écritures'));
    const healedAt = scenario.healsUnderWrites ? await healUnderWrites(context, measured, watched) : null;
    await awaitEnd(context, scenario, watched, { leastSeconds, healedAt });
    stopClients.abort();
    return { record: await wholeRecord(clients), watched, healedAt };
  } finally {
    stopClients.abort();
    stopWatch.abort();
    await Promise.allSettled([clients.ended, keys.ended]);
  }
}

async function warmUp(
  context: ActionContext,
  { timing }: MeasuredCluster,
  { clients: count, seed }: RepetitionOptions,
  { clients, watching }: { readonly clients: LedgerClients; readonly watching: () => boolean },
): Promise<void> {
  context.progress(words('clients begin to write', 'les clients commencent à écrire'));
  const writing = (): number | undefined =>
    clients.record.writes.find(({ outcome }) => outcome === 'acknowledged')?.done;
  await context.waitFor(
    words(
      `${String(count)} clients write, and etcd tells of its leader key`,
      `${String(count)} clients écrivent, et etcd parle de sa clé du leader`,
    ),
    20,
    async () => writing() !== undefined && watching(),
  );
  // Failovers depend on where in Patroni's round the fault falls.
  const due = (writing() ?? 0) + (warmUpSeconds + seededRandom(seed)() * timing.loop_wait) * 1000;
  const moment = words('the moment of the fault', 'le moment de la panne');
  await context.waitFor(moment, warmUpSeconds + timing.loop_wait + 5, async () => Date.now() >= due);
}

/** Once writes have stopped for it, or plainly don't (failsafe_mode); returns when all was healed. */
async function healUnderWrites(context: ActionContext, { timing }: MeasuredCluster, watched: Watched): Promise<number> {
  const most = timing.ttl + timing.loop_wait;
  const latest = watched.faultAt + most * 1000;
  await context.waitFor(
    words('the leader has given up, or goes on', 'le leader a renoncé, ou continue'),
    most + 5,
    async () => Date.now() >= latest || lastFailure(watched) !== null,
  );
  await context.healFaults();
  return Date.now();
}

function jobOf(
  { workshop }: ActionContext,
  { way, bound, timing, patience }: MeasuredCluster,
  { run, clients, rate, seed, leastSeconds }: RepetitionOptions,
): LedgerJob {
  const { superuser_name: user = 'postgres', superuser_password: password = '' } = workshop.values;
  return {
    ...{ run, user, password, clients, rate, seed, patience },
    database: 'postgres',
    write: way.write,
    read: way.read,
    mostSeconds: Math.ceil(Math.max(3 * bound.seconds, leastSeconds) + timing.loop_wait + 180),
  };
}
