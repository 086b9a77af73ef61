import { parseDocument } from 'yaml';
import { z } from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { nodeFile } from '../probes/node-file.ts';
import { patroniConfiguration } from '../probes/etcd-section.ts';
import { clientTls, tlsPlaces } from '../probes/tls-places.ts';
import { installFile } from './install-file.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { restartPatroniPaused } from './restart-patroni-paused.ts';

/**
 * Patroni speaks https to etcd, with its certificate; the rest of its file stays as it is. Patroni
 * reads that section only when it starts.
 */
export const movePatroni = defineAction({
  name: 'move-patroni',
  schema: z.strictObject({}),
  run: async (context) => {
    await Promise.all(context.nodes.map((node) => change(context, node)));
    await restartPatroniPaused(context, context.nodes);
  },
});

async function change(context: ActionContext, node: NodeDefinition): Promise<void> {
  const reach = await context.look();
  const file = await nodeFile(reach, node.name, patroniConfiguration);
  const places = await tlsPlaces(reach, node);
  if (file.kind === 'unseen' || file.value === null || places.kind === 'unseen') return;
  const { authority, certificate, key } = places.value.configured ? places.value : clientTls;
  const settings = { protocol: 'https', cacert: authority, cert: certificate, key };
  const changed = withEtcdSettings(file.value.text, settings);
  if (changed === file.value.text) return;
  await installFile(context, node.name, {
    path: patroniConfiguration,
    owner: 'postgres:postgres',
    mode: '600',
    text: changed,
  });
}

/** YAML 1.1, as Patroni reads it: `on` keeps its quotes. Unchanged to the letter when nothing has to change. */
export function withEtcdSettings(configuration: string, settings: Readonly<Record<string, string>>): string {
  const document = parseDocument(configuration, { version: '1.1' });
  let changed = false;
  for (const [name, value] of Object.entries(settings)) {
    if (document.getIn(['etcd3', name]) === value) continue;
    document.setIn(['etcd3', name], value);
    changed = true;
  }
  return changed ? document.toString({ lineWidth: 0 }) : configuration;
}
