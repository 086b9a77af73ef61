import * as z from 'zod';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { clientTls, tlsPlaces } from '../probes/tls-places.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { restartPatroniPaused } from './restart-patroni-paused.ts';
import { setEtcdSection } from './set-etcd-section.ts';

/**
 * Patroni speaks https to etcd, with its certificate; the rest of its file stays as it is. Patroni
 * reads that section only when it starts.
 */
export const movePatroni = defineAction({
  name: 'move-patroni',
  schema: z.strictObject({}),
  run: async (context) => {
    await settleAll(context.nodes.map((node) => change(context, node)));
    await restartPatroniPaused(context, context.nodes);
  },
});

async function change(context: ActionContext, node: NodeDefinition): Promise<void> {
  const places = await tlsPlaces(await context.look(), node);
  if (places.kind === 'unseen') return;
  const { authority, certificate, key } = places.value.configured ? places.value : clientTls;
  await setEtcdSection(context, node.name, { protocol: 'https', cacert: authority, cert: certificate, key });
}
