// Brings etcd up on all nodes of the target as one cluster, whatever is there: nothing, all, or a member without data.

import { z } from 'zod';
import { type NodeName } from '../model/ids.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { rejoinEtcdMember } from './rejoin-etcd-member.ts';
import { runsCurrentConfiguration } from './runs-current-configuration.ts';

export const etcdConfiguration = '/etc/default/etcd';

export const formEtcdCluster = defineAction({
  name: 'form-etcd-cluster',
  schema: z.strictObject({}),
  run: async (context) => {
    const nodes = context.nodes.map((node) => node.name);
    await discardBootData(context, nodes);
    const withData = await filter(nodes, (node) => hasData(context, node));
    const quorum = Math.floor(nodes.length / 2) + 1;
    if (withData.length > 0 && withData.length < quorum) throw dataLost(withData, nodes);
    const founders = withData.length === 0 ? nodes : withData;
    await startTogether(context, founders);
    await whole(context, founders);
    for (const node of nodes) {
      if (!founders.includes(node)) await rejoinEtcdMember(context, node, founders);
      else if (withData.length > 0) await restartWhenStale(context, node);
    }
  },
});

/** The member id that etcd computes for the package's one-member cluster on localhost, in every node the same. */
const bootMemberId = '10276657743932975437';

/** Data of the package's own start may be there although the configuration is already right. */
async function discardBootData(context: ActionContext, nodes: readonly NodeName[]): Promise<void> {
  const script = `if curl -s --max-time 3 -d '{}' http://127.0.0.1:2379/v3/maintenance/status | grep -q '"member_id":"${bootMemberId}"'
then systemctl stop etcd && rm -rf /var/lib/etcd/default; fi`;
  await Promise.all(nodes.map((node) => context.exec(node, ['sh', '-c', script])));
}

async function hasData(context: ActionContext, node: NodeName): Promise<boolean> {
  return (await context.attempt(node, ['test', '-d', '/var/lib/etcd/default/member/wal'])).exitStatus === 0;
}

/** Side by side: etcd's unit reports that it runs only once it has a quorum, so the first alone would wait for ever. */
async function startTogether(context: ActionContext, nodes: readonly NodeName[]): Promise<void> {
  const start = async (node: NodeName): Promise<void> => {
    await context.exec(node, ['systemctl', 'enable', '--quiet', 'etcd']);
    await context.attempt(node, ['systemctl', 'reset-failed', 'etcd']);
    await context.exec(node, ['systemctl', 'start', 'etcd']);
  };
  await Promise.all(nodes.map(start));
}

async function whole(context: ActionContext, nodes: readonly NodeName[]): Promise<void> {
  for (const node of nodes) await healthy(context, node);
}

async function healthy(context: ActionContext, node: NodeName): Promise<void> {
  await context.waitFor(words(`etcd on ${node} is healthy`, `etcd sur ${node} est en bonne santé`), 30, async () => {
    const answer = await context.attempt(node, ['etcdctl', '--command-timeout=3s', 'endpoint', 'health']);
    return answer.exitStatus === 0;
  });
}

/** One after the other, each back in the quorum before the next one goes. */
async function restartWhenStale(context: ActionContext, node: NodeName): Promise<void> {
  if (await runsCurrentConfiguration(context, node, 'etcd', [etcdConfiguration])) return;
  await context.exec(node, ['systemctl', 'restart', 'etcd']);
  await healthy(context, node);
}

function dataLost(withData: readonly NodeName[], nodes: readonly NodeName[]): LabError {
  const left = withData.join(', ');
  return new LabError(
    'etcd-quorum-lost',
    words(
      `Only ${left} of ${nodes.join(', ')} still has etcd's data: the quorum can't come back by itself.`,
      `Seul ${left} parmi ${nodes.join(', ')} a encore les données d'etcd : le quorum ne peut pas revenir de lui-même.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words('Begin anew: lab destroy, then lab up.', 'Repartez de zéro : lab destroy, puis lab up.'),
    },
  );
}

async function filter<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const answers = await Promise.all(items.map(holds));
  return items.filter((_, index) => answers[index]);
}
