import { type NodeName } from '../model/ids.ts';
import { addEtcdMember } from './add-etcd-member.ts';
import { clearEtcdData, hasEtcdData } from './etcd-data.ts';
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
  if (await hasEtcdData(context, node)) throw new Error(`${node} has data, and was taken for one that has none`);
  await clearEtcdData(context, node, false);
  await addEtcdMember(context, { node, others, learner: false });
  // EnvironmentFile= wins over Environment=, and the last one over the ones before.
  const prepare = `set -e; mkdir -p ${dropIn.replace(/\/[^/]*$/, '')}
echo ETCD_INITIAL_CLUSTER_STATE=existing > ${environment}
printf '[Service]\\nEnvironmentFile=${environment}\\n' > ${dropIn}; systemctl daemon-reload; systemctl enable --quiet etcd`;
  await context.exec(node, ['sh', '-c', prepare]);
  await context.exec(node, ['systemctl', 'start', 'etcd']);
  await context.exec(node, ['sh', '-c', `rm -f ${dropIn} ${environment}; systemctl daemon-reload`]);
}
