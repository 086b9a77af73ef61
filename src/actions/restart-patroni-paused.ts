// Patroni that has to read its file again, without PostgreSQL being stopped: paused, one after the other, the leader last.

import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster, patroniNodes, toldCluster } from '../probes/patroni.ts';
import { patroniConfiguration } from '../probes/etcd-section.ts';
import { awaitLeader } from './await-leader.ts';
import { type ActionContext } from './kind.ts';
import { pauseCluster } from './patroni-api.ts';
import { systemdUnit } from '../probes/systemd-unit.ts';
import { runsCurrentConfiguration } from './runs-current-configuration.ts';
import { startService } from './start-service.ts';

/** A Patroni that starts beside a running PostgreSQL has joined within a second or two. */
const patienceSeconds = 60;

/**
 * Does nothing where every Patroni of these nodes runs with its present file. `change` is made while nobody would be
 * promoted for losing etcd, before the restarts.
 */
export async function restartPatroniPaused(
  context: ActionContext,
  nodes: readonly NodeDefinition[],
  change?: () => Promise<void>,
): Promise<void> {
  const stale = await staleOnes(context, nodes);
  if (stale.length === 0 && change === undefined) return;
  // A node that was made again: its Patroni is still to be started, and finds the new file.
  if (change !== undefined && !(await someRun(context, nodes))) {
    await change();
    return;
  }
  const leader = await awaitLeader(context);
  const members = await clusterMembers(context);
  const resumed = context.cleanUp(resumeThroughLeader);
  await pause(context, true);
  await change?.();
  const restarted = change === undefined ? stale : await staleOnes(context, nodes);
  const leaderLast = [...restarted].sort((one, other) => Number(one.name === leader) - Number(other.name === leader));
  for (const node of leaderLast) if (members.includes(node.name)) await restart(context, node);
  await pause(context, false);
  resumed.forget();
  // Paused, Patroni copies no leader: one that has no data yet can only come now.
  for (const node of await staleOnes(context, nodes)) {
    if (!members.includes(node.name)) await restart(context, node);
  }
}

async function clusterMembers(context: ActionContext): Promise<readonly NodeName[]> {
  const cluster = await observePatroniCluster(await context.look());
  const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
  return members.flatMap(({ node }) => node ?? []);
}

/**
 * The same, cut off after the change: what still runs with an older file can't reach etcd any more. Its leader comes
 * first, for nobody renews its key. Does nothing in a cluster that isn't paused.
 */
export async function endPausedRestart(context: ActionContext, nodes: readonly NodeDefinition[]): Promise<void> {
  const reach = await context.look();
  const told = await settleAll(nodes.map((node) => toldCluster(reach, node)));
  const answers = told.flatMap((one) => (one.kind === 'seen' && one.value.kind === 'answer' ? [one.value.value] : []));
  if (!answers.some((answer) => answer.paused)) return;
  const stale: NodeDefinition[] = [];
  for (const node of await staleOnes(context, nodes)) if (await runsPatroni(context, node)) stale.push(node);
  if (stale.length === 0) return;
  const leader = answers.find((answer) => answer.leader !== null)?.leader;
  const leaderFirst = stale.sort((one, other) => Number(other.member === leader) - Number(one.member === leader));
  for (const node of leaderFirst) await restart(context, node);
  await pause(context, false);
}

async function someRun(context: ActionContext, nodes: readonly NodeDefinition[]): Promise<boolean> {
  return (await settleAll(nodes.map((node) => runsPatroni(context, node)))).includes(true);
}

async function runsPatroni(context: ActionContext, { name }: NodeDefinition): Promise<boolean> {
  const unit = await systemdUnit(await context.look(), name, 'patroni');
  return unit.kind === 'seen' && unit.value.active === 'active';
}

async function restart(context: ActionContext, node: NodeDefinition): Promise<void> {
  await startService(context, node.name, 'patroni', ['restart']);
  await context.waitFor(
    words(`${node.name} is back as a member`, `${node.name} est de nouveau membre`),
    patienceSeconds,
    () => seesItself(context, node),
  );
}

async function staleOnes(context: ActionContext, nodes: readonly NodeDefinition[]): Promise<readonly NodeDefinition[]> {
  const current = await settleAll(
    nodes.map(({ name }) => runsCurrentConfiguration(context, name, 'patroni', [patroniConfiguration])),
  );
  return nodes.filter((_, index) => current[index] !== true);
}

/** Through etcd, so that it also shows that this Patroni reaches it. */
async function seesItself(context: ActionContext, node: NodeDefinition): Promise<boolean> {
  const reach = await context.look();
  const told = await toldCluster(reach, node);
  if (told.kind === 'unseen' || told.value.kind !== 'answer') return false;
  const own = told.value.value.members.find(({ name }) => name === node.member);
  return told.value.value.leader !== null && (own?.state === 'running' || own?.state === 'streaming');
}

/** Comes back once every Patroni that answers has heard of it. */
async function pause(context: ActionContext, paused: boolean): Promise<void> {
  const nodes = patroniNodes(context.workshop);
  await context.waitFor(
    paused
      ? words('Patroni is paused', 'Patroni est en pause')
      : words('Patroni is at work again', 'Patroni reprend son travail'),
    patienceSeconds,
    async () => {
      const reach = await context.look();
      const told = await settleAll(nodes.map((node) => toldCluster(reach, node)));
      const answers = told.flatMap((one) =>
        one.kind === 'seen' && one.value.kind === 'answer' ? [one.value.value] : [],
      );
      if (answers.length > 0 && answers.every((answer) => answer.paused === paused)) return true;
      const cluster = await observePatroniCluster(reach);
      const leader = cluster.kind === 'seen' ? cluster.value?.members.find(({ role }) => role === 'leader') : undefined;
      const node = leader?.node ?? nodes[0]?.name;
      if (node !== undefined) await pauseCluster(context, node, paused);
      return false;
    },
  );
}

/**
 * Cut off in the middle. Asked of the leader's own Patroni alone: where that can't reach etcd any more, another one that
 * is resumed would be promoted beside it, so the cluster stays paused and `endPausedRestart` goes on. Asked also while no
 * member has heard of the pause: it may be in etcd already.
 */
export async function resumeThroughLeader(context: ActionContext): Promise<void> {
  await context.waitFor(words('Patroni is at work again', 'Patroni reprend son travail'), patienceSeconds, async () => {
    const cluster = await observePatroniCluster(await context.look());
    const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
    const node = members.find(({ role }) => role === 'leader')?.node;
    return typeof node === 'string' && succeeded(await pauseCluster(context, node, false));
  });
}
