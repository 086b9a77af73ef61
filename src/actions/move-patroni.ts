import { parseDocument } from 'yaml';
import { z } from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { nodeFile } from '../probes/node-file.ts';
import { patroniConfiguration } from '../probes/etcd-section.ts';
import { clientTls, tlsPlaces } from '../probes/tls-places.ts';
import { installFile } from './install-file.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { restartPatroniPaused } from './restart-patroni-paused.ts';

const text = z.string();

/**
 * Patroni speaks https to etcd, with its certificate, and as a user where one is given: the rest of its file stays as it
 * is. Patroni reads that section only when it starts.
 */
export const movePatroni = defineAction({
  name: 'move-patroni',
  schema: z.strictObject({ username: text.optional(), password: text.optional() }),
  run: async (context, account) => {
    await Promise.all(context.nodes.map((node) => change(context, node, account)));
    await restartPatroniPaused(context, context.nodes);
  },
});

interface Account {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

async function change(context: ActionContext, node: NodeDefinition, account: Account): Promise<void> {
  const reach = await context.look();
  const file = await nodeFile(reach, node.name, patroniConfiguration);
  const places = await tlsPlaces(reach, node);
  if (file.kind === 'unseen' || file.value === null || places.kind === 'unseen') return;
  const { authority, certificate, key } = places.value.configured ? places.value : clientTls;
  const settings = { protocol: 'https', cacert: authority, cert: certificate, key, ...account };
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
export function withEtcdSettings(configuration: string, settings: Readonly<Record<string, string | undefined>>): string {
  const document = parseDocument(configuration, { version: '1.1' });
  let changed = false;
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined || document.getIn(['etcd3', name]) === value) continue;
    document.setIn(['etcd3', name], value);
    changed = true;
  }
  return changed ? document.toString({ lineWidth: 0 }) : configuration;
}
