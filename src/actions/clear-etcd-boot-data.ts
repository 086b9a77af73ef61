import * as z from 'zod';
import { defineAction } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

/**
 * The package starts a one-member etcd at once; its data would make each node a cluster of its own. Data made under a
 * configuration that names a cluster is not touched.
 */
const script = `set -e
if grep -qs '^[[:space:]]*ETCD_INITIAL_CLUSTER=' /etc/default/etcd; then exit 0; fi
systemctl stop etcd
rm -rf /var/lib/etcd/default`;

export const clearEtcdBootData = defineAction({
  name: 'clear-etcd-boot-data',
  furnishes: true,
  schema: z.strictObject({}),
  run: async (context) => {
    await settleAll(context.nodes.map((node) => context.exec(node.name, ['sh', '-c', script])));
  },
});
