// Brings etcd up on all nodes of the target as one cluster, whatever is there: nothing, all, or a member without data.

import * as z from 'zod';
import { type LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { joinWords, type Words, words } from '../model/words.ts';
import { curl } from '../probes/curl.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { bootMember, clearBootMember, clearEtcdData, dataOf, hasEtcdData } from './etcd-data.ts';
import { decideFormation, type SeenMember } from './etcd-formation.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { rejoinEtcdMember } from './rejoin-etcd-member.ts';
import { runsCurrentConfiguration } from './runs-current-configuration.ts';
import { startService } from './start-service.ts';
import { wouldLose } from './would-lose.ts';

const etcdConfiguration = '/etc/default/etcd';

/** Removes data of etcd only where `decideFormation` says that nothing is lost by it. */
export const formEtcdCluster = defineAction({
  name: 'form-etcd-cluster',
  removes: ['etcd data'],
  schema: z.strictObject({}),
  run: async (context) => {
    const nodes = context.nodes.map((node) => node.name);
    await discardBootData(context, nodes);
    const withData = await filter(nodes, (node) => hasEtcdData(context, node));
    const healthy = await comeTogether(context, withData);
    const causes = await causesOf(context, without(withData, healthy));
    const formation = decideFormation(await seenMembers(context, nodes, withData, healthy));
    if (formation.kind === 'stop') throw await bringBackFirst(context, withData, formation.holding, causes);
    if (formation.kind === 'anew') return formAnew(context, nodes, formation.aside);
    for (const node of withData) await restartWhenStale(context, node);
    for (const node of without(nodes, withData))
      // Its data may lie elsewhere than the chapter says.
      if (!(await answersForTheCluster(context, node))) await rejoinEtcdMember(context, node, healthy);
  },
});

function without(nodes: readonly NodeName[], others: readonly NodeName[]): readonly NodeName[] {
  return nodes.filter((node) => !others.includes(node));
}

/** The data is looked at only where it decides: etcd is stopped for it. */
async function seenMembers(
  context: ActionContext,
  nodes: readonly NodeName[],
  withData: readonly NodeName[],
  healthy: readonly NodeName[],
): Promise<readonly SeenMember[]> {
  const lives = decideFormation(nodes.map((node) => ({ node, healthy: healthy.includes(node), data: 'none' })));
  return settleAll(
    nodes.map(async (node) => ({
      node,
      healthy: healthy.includes(node),
      data: lives.kind === 'it-lives' || !withData.includes(node) ? 'none' : await dataOf(context, node),
    })),
  );
}

/** What the chapters keep in etcd, the steps and Patroni put there again. */
async function formAnew(context: ActionContext, nodes: readonly NodeName[], aside: readonly NodeName[]): Promise<void> {
  if (aside.length > 0) {
    context.progress(words('no majority has data any more', "la majorité n'a plus de données"));
    await context.keepBefore();
  }
  await settleAll(nodes.map((node) => clearEtcdData(context, node, aside.includes(node))));
  // Whether it worked, and if not why, the step's checks say.
  await comeTogether(context, nodes);
}

interface Cause {
  readonly node: NodeName;
  readonly why: Words;
}

/** To be asked before the data is looked at: etcd is stopped for that, and says nothing more. */
async function causesOf(context: ActionContext, nodes: readonly NodeName[]): Promise<readonly Cause[]> {
  const told = await settleAll(nodes.map(async (node) => ({ node, why: await context.whyDown(node, 'etcd') })));
  return told.flatMap(({ node, why }) => (why === null ? [] : [{ node, why }]));
}

/** The members are started again, so that `lab verify` sees what keeps them from agreeing. */
async function bringBackFirst(
  context: ActionContext,
  withData: readonly NodeName[],
  holding: readonly NodeName[],
  causes: readonly Cause[],
): Promise<LabError> {
  await settleAll(withData.map((node) => startService(context, node, 'etcd', ['start', '--no-block'])));
  const names = holding.join(', ');
  const verify = words(
    '"lab verify chapter-1" says more. Where nothing of it is needed any more: lab reset',
    "« lab verify chapter-1 » en dit plus. Si plus rien n'en est utile : lab reset",
  );
  return wouldLose(
    'etcd-data-kept',
    words(
      `etcd has data on ${names}, and its members don't come to agree.`,
      `etcd a des données sur ${names}, et ses membres ne parviennent pas à s'accorder.`,
    ),
    joinWords([...causes.map(({ node, why }) => words(`${node}: ${why.en}`, `${node} : ${why.fr}`)), verify], '\n'),
  );
}

/** Data of the package's own start may be there although the configuration is already right. */
async function discardBootData(context: ActionContext, nodes: readonly NodeName[]): Promise<void> {
  await settleAll(
    nodes.map(async (node) => {
      if ((await bootMember(context, node)) === 'boot') await clearBootMember(context, node);
    }),
  );
}

/** Seconds that members get to agree on a leader; an election takes one or two. */
const formationSeconds = 30;

/**
 * Starts the members without waiting for systemd: etcd's unit reports that it runs only once it has a quorum, so the
 * first alone would wait for ever. Each begins as soon as the one before answers its peers: a new member asks the
 * others, in the order of their addresses, whether it was there before, and one that starts at the same instant keeps
 * it waiting for a second. Returns those that become healthy.
 */
async function comeTogether(context: ActionContext, nodes: readonly NodeName[]): Promise<readonly NodeName[]> {
  for (const node of inOrderOfAddress(context, nodes)) {
    await startService(context, node, 'etcd', ['start', '--no-block']);
    await answersPeers(context, node);
  }
  return filter(nodes, (node) => becomesHealthy(context, node, formationSeconds));
}

/** A failing start is left to the checks, which say why. Over TLS a peer turns this question away, and so answers. */
async function answersPeers(context: ActionContext, node: NodeName): Promise<boolean> {
  const address = context.workshop.nodes.find((one) => one.name === node)?.address ?? node;
  const ask = [...curl(1), '--output', '/dev/null', `http://${address}:2380/members`];
  return waitUntil(async () => !silent.has((await context.attemptOnNetwork(ask)).exitStatus), {
    withinSeconds: 5,
    signal: context.signal,
  });
}

// curl's exit statuses: 7 nobody listens there, 28 --max-time is over; null: curl did not run.
const silent = new Set<number | null>([7, 28, null]);

/** etcd compares the addresses as text. */
function inOrderOfAddress(context: ActionContext, nodes: readonly NodeName[]): readonly NodeName[] {
  const named = context.workshop.nodes.filter((node) => nodes.includes(node.name));
  return named.sort((one, other) => (one.address < other.address ? -1 : 1)).map((node) => node.name);
}

/** False at once when etcd has given up. */
async function becomesHealthy(context: ActionContext, node: NodeName, withinSeconds: number): Promise<boolean> {
  let gaveUp = false;
  const settled = async (): Promise<boolean> => {
    if (await answersForTheCluster(context, node)) return true;
    gaveUp = (await context.attempt(node, ['systemctl', 'is-failed', '--quiet', 'etcd'])).exitStatus === 0;
    return gaveUp;
  };
  return (await waitUntil(settled, { withinSeconds, signal: context.signal })) && !gaveUp;
}

async function answersForTheCluster(context: ActionContext, node: NodeName): Promise<boolean> {
  const definition = context.workshop.nodes.find((one) => one.name === node);
  if (definition === undefined) return false;
  const asked = await etcdKey(await context.look(), definition, 'health', 'agreed');
  return asked.kind === 'seen' && asked.value.kind === 'answer';
}

/** One after the other, each back in the quorum before the next one goes. */
async function restartWhenStale(context: ActionContext, node: NodeName): Promise<void> {
  if (await runsCurrentConfiguration(context, node, 'etcd', [etcdConfiguration])) return;
  // One that can't start is left to the checks, which say why.
  await context.attempt(node, ['systemctl', 'restart', 'etcd']);
  await becomesHealthy(context, node, formationSeconds);
}

async function filter<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const answers = await settleAll(items.map(holds));
  return items.filter((_, index) => answers[index]);
}
