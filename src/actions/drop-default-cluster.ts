import * as z from 'zod';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { type ActionContext, defineAction } from './kind.ts';

/** Debian's package makes a cluster `main` on 5432; Patroni makes its own. */
export const dropDefaultCluster = defineAction({
  name: 'drop-default-cluster',
  furnishes: true,
  schema: z.strictObject({}),
  run: async (context) => {
    await settleAll(context.nodes.map((node) => dropClusters(context, node.name)));
  },
});

async function dropClusters(context: ActionContext, node: NodeName): Promise<void> {
  const listed = await context.exec(node, ['pg_lsclusters', '--no-header']);
  for (const line of listed.stdout.trim().split('\n')) {
    const [version, name, , , , directory] = line.split(/\s+/);
    if (version === undefined || name === undefined || directory === undefined) continue;
    // Patroni uses Debian's own data directory: once it has, only the Debian configuration beside it may go.
    const patroni = await context.attempt(node, ['test', '-e', `${directory}/patroni.dynamic.json`]);
    if (patroni.exitStatus === 0) await context.exec(node, ['rm', '-rf', '--', `/etc/postgresql/${version}/${name}`]);
    else await context.exec(node, ['pg_dropcluster', '--stop', version, name]);
  }
}
