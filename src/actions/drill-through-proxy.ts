import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type ClientLedger } from '../probes/client-ledger.ts';
import { dcsContent } from '../probes/dcs.ts';
import { type PatroniTiming } from '../probes/patroni-timing.ts';
import { awaitHistory } from './await-history.ts';
import { awaitProxies } from './await-proxies.ts';
import { bringMembersBack, reviveInTheEnd } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { liveTiming } from './live-timing.ts';
import { promotionSeen } from './promotion-seen.ts';
import { awaitLedger, withProxyClient } from './proxy-client.ts';
import { proxyHealth } from './proxy-health.ts';
import { downBound, proxyOutageBound } from './proxy-outage-bound.ts';

const schema = z.strictObject({
  how: z.enum(['switchover', 'kill']),
  /** Where the clients write down what they see. */
  folder: z.string().startsWith('/'),
});
type Args = z.infer<typeof schema>;

/**
 * Moves the lead while clients write and read through HAProxy on a replica's node, and measures the three layers side by
 * side: the leader key in etcd, PostgreSQL's promotion, the first write through HAProxy; and what became of open sessions.
 */
export const drillThroughProxy = defineAction({
  name: 'drill-through-proxy',
  drill: true,
  schema,
  run: async (context, args) => {
    const { leader, replicas } = await bringMembersBack(context);
    await awaitProxies(context, leader, replicas);
    const [candidate, client] = replicas;
    if (candidate === undefined || client === undefined) throw noReplicas();
    const timing = await liveTiming(context, leader);
    const bound = await boundOf(context, client, args, timing);
    const back = reviveInTheEnd(context, [leader]);
    const found: { layers?: Layers } = {};
    const ledger = await withProxyClient(context, client.name, args.folder, async () => {
      found.layers = await moveLead(context, args, { leader, replicas, candidate });
      const { faultAt } = found.layers;
      await awaitLedger(
        context,
        client.name,
        args.folder,
        2 * bound.write,
        ({ writes, cutAt }) =>
          cutAt.length >= 3 &&
          writes.some(({ at, server }) => at > faultAt && server !== null && server !== leader.address),
      );
    });
    if (found.layers !== undefined) report(context, ledger, found.layers, leader, bound);
    const successor = (await bringMembersBack(context)).leader;
    back.forget();
    await awaitHistory(context, successor, timing);
    const whole = await bringMembersBack(context);
    await awaitProxies(context, whole.leader, whole.replicas);
  },
});

interface Layers {
  readonly faultAt: number;
  readonly keyAt: number;
  readonly promotedAt: number;
  readonly successor: NodeDefinition;
}

interface Bounds {
  readonly write: number;
  readonly cut: number;
}

async function boundOf(
  context: ActionContext,
  client: NodeDefinition,
  { how }: Args,
  timing: PatroniTiming,
): Promise<Bounds> {
  const health = await proxyHealth(context, client);
  return { write: proxyOutageBound(how === 'kill' ? 'kill' : 'stop', timing, health), cut: downBound(health) };
}

async function moveLead(
  context: ActionContext,
  { how }: Args,
  {
    leader,
    replicas,
    candidate,
  }: { leader: NodeDefinition; replicas: readonly NodeDefinition[]; candidate: NodeDefinition },
): Promise<Layers> {
  const faultAt = Date.now() / 1000;
  const [keyAt, promoted] = await settleAll([
    leaderKeyMoved(context, leader),
    promotionSeen(context, replicas),
    how === 'kill' ? context.killNode(leader.name) : handOver(context, candidate),
  ]);
  return { faultAt, keyAt, promotedAt: promoted.at, successor: promoted.node };
}

async function handOver(context: ActionContext, { name, member = '' }: NodeDefinition): Promise<void> {
  const command = ['patronictl', '-c', '/etc/patroni/config.yml', 'switchover', '--candidate', member, '--force'];
  await context.exec(name, command, { timeoutSeconds: 120 });
}

async function leaderKeyMoved(context: ActionContext, old: NodeDefinition): Promise<number> {
  const what = words('another member has the leader key', 'un autre membre a la clé du leader');
  await context.waitFor(what, 120, async () => {
    const content = await dcsContent(await context.look());
    const leader = content.kind === 'seen' ? (content.value?.leader ?? null) : null;
    return leader !== null && leader !== old.member;
  });
  return Date.now() / 1000;
}

function report(
  context: ActionContext,
  ledger: ClientLedger,
  layers: Layers,
  old: NodeDefinition,
  bound: Bounds,
): void {
  const { faultAt, keyAt, promotedAt, successor } = layers;
  const [from, to] = [old.member ?? old.name, successor.member ?? successor.name];
  const wrote = ledger.writes.find(({ at, server }) => at > faultAt && server === successor.address);
  const lastWrite = ledger.writes.findLast(({ server }) => server === old.address);
  context.measured(words(`etcd: ${to} has the leader key`, `etcd : ${to} a la clé du leader`), keyAt - faultAt, null);
  context.measured(words(`PostgreSQL: ${to} is promoted`, `PostgreSQL : ${to} est promu`), promotedAt - faultAt, null);
  if (wrote !== undefined) {
    const first = words('HAProxy: the first write through it', 'HAProxy : la première écriture à travers lui');
    context.measured(first, wrote.at - faultAt, bound.write);
    if (lastWrite !== undefined)
      context.measured(words('time without writes', 'temps sans écriture'), wrote.at - lastWrite.at, null);
  }
  const cut = String(ledger.cutAt.length);
  const lastCut = Math.max(...ledger.cutAt, faultAt);
  context.measured(
    words(
      `${cut} of 3 open sessions with ${from} were cut, the last after`,
      `${cut} des 3 sessions ouvertes avec ${from} ont été coupées, la dernière après`,
    ),
    lastCut - faultAt,
    null,
  );
  const longest = longestWithoutReads(ledger);
  context.measured(
    words('longest time without an answer to a read', 'plus long temps sans réponse à une lecture'),
    longest,
    null,
  );
}

function longestWithoutReads({ reads }: ClientLedger): number {
  const times = reads.filter(({ server }) => server !== null).map(({ at }) => at);
  return Math.max(0, ...times.slice(1).map((at, index) => at - (times[index] ?? at)));
}

function noReplicas(): LabError {
  const none = words(
    'Two replicas are needed: chapter 5 brings the second.',
    'Il faut deux réplicas : le chapitre 5 amène le second.',
  );
  return new LabError('no-replicas', none, { exit: exitStatus.failed });
}
