import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { bootMember, clearBootMember, clearEtcdData, dataOf } from './etcd-data.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { unseenData, wouldLose } from './would-lose.ts';

/**
 * The package starts a one-member etcd at once; its data would make each node a cluster of its own. Data made under a
 * configuration that names a cluster is not touched, and other data only where it holds no key.
 */
export const clearEtcdBootData = defineAction({
  name: 'clear-etcd-boot-data',
  removes: ['etcd data'],
  furnishes: true,
  schema: z.strictObject({}),
  run: async (context) => {
    await settleAll(context.nodes.map(({ name }) => clear(context, name)));
  },
});

const namesCluster = ['grep', '-qs', '^[[:space:]]*ETCD_INITIAL_CLUSTER=', '/etc/default/etcd'];

async function clear(context: ActionContext, node: NodeName): Promise<void> {
  const named = await context.attempt(node, namesCluster);
  if (succeeded(named)) return;
  // grep: 1 no such line, 2 no such file.
  if (named.timedOut || named.exitStatus === null || named.exitStatus > 2)
    throw unseenData(node, words('etcd belongs to a cluster', "etcd fait partie d'un cluster"), named.stderr);
  const whose = await bootMember(context, node);
  if (whose === 'boot') return clearBootMember(context, node);
  if (whose === 'other' && !['none', 'empty'].includes(await dataOf(context, node))) throw ofSomebody(node);
  await clearEtcdData(context, node, false);
}

function ofSomebody(node: NodeName) {
  return wouldLose(
    'etcd-data-of-others',
    words(
      `etcd has data on ${node} that is not of the package's own start, and /etc/default/etcd names no cluster.`,
      `etcd a sur ${node} des données qui ne viennent pas du démarrage du paquet, et /etc/default/etcd ne nomme aucun cluster.`,
    ),
    words(
      `Of a cluster that you configured elsewhere: write its ETCD_INITIAL_CLUSTER into /etc/default/etcd. If nobody needs it: mv /var/lib/etcd/default /var/lib/etcd-old on ${node}. Then: lab up`,
      `Si c'est un cluster configuré ailleurs : écrivez son ETCD_INITIAL_CLUSTER dans /etc/default/etcd. Si personne n'en a besoin : mv /var/lib/etcd/default /var/lib/etcd-old sur ${node}. Ensuite : lab up`,
    ),
  );
}
