import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { advertisedPeerUrl } from './advertised-peer-url.ts';
import { attemptEtcdctl, etcdctl } from './etcdctl.ts';
import { type ActionContext } from './kind.ts';

const dropIn = '/run/systemd/system/etcd.service.d/rejoin.conf';
const environment = '/run/etcd-rejoin';

/**
 * A member whose data is gone can't come back as itself: the others remember it. It is removed and added again, and
 * starts once with the state `existing`. Rule: etcd's operations guide, runtime reconfiguration.
 */
export async function rejoinEtcdMember(
  context: ActionContext,
  node: NodeName,
  others: readonly NodeName[],
): Promise<void> {
  const [helper] = others;
  if (helper === undefined) throw new Error('no member left to ask');
  await context.exec(node, ['sh', '-c', 'systemctl stop etcd; rm -rf /var/lib/etcd/default']);
  const peerUrl = await advertisedPeerUrl(context, node);
  await removeMember(context, helper, node, peerUrl);
  // Refused while the members that are left have not been connected with each other for some seconds.
  await context.waitFor(words(`etcd takes ${node} in again`, `etcd reprend ${node}`), 30, async () => {
    const added = await attemptEtcdctl(context, helper, ['member', 'add', node, `--peer-urls=${peerUrl}`]);
    return added.exitStatus === 0;
  });
  // EnvironmentFile= wins over Environment=, and the last one over the ones before.
  const prepare = `set -e; mkdir -p ${dropIn.replace(/\/[^/]*$/, '')}
echo ETCD_INITIAL_CLUSTER_STATE=existing > ${environment}
printf '[Service]\\nEnvironmentFile=${environment}\\n' > ${dropIn}; systemctl daemon-reload; systemctl enable --quiet etcd`;
  await context.exec(node, ['sh', '-c', prepare]);
  await context.exec(node, ['systemctl', 'start', 'etcd']);
  await context.exec(node, ['sh', '-c', `rm -f ${dropIn} ${environment}; systemctl daemon-reload`]);
}

/** What the others remember of it, if anything. */
async function removeMember(context: ActionContext, helper: NodeName, node: NodeName, peerUrl: string): Promise<void> {
  const simple = await etcdctl(context, helper, ['member', 'list']);
  for (const line of simple.stdout.trim().split('\n')) {
    const [id = '', , name, peers] = line.split(', ');
    if (name === node || peers === peerUrl) await etcdctl(context, helper, ['member', 'remove', id]);
  }
}
