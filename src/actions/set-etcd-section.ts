// Settings in the section etcd3 of Patroni's file in a node; everything else of the file stays as it is.

import { parseDocument } from 'yaml';
import { type NodeName } from '../model/ids.ts';
import { patroniConfiguration } from '../probes/etcd-section.ts';
import { nodeFile } from '../probes/node-file.ts';
import { installFile } from './install-file.ts';
import { type ActionContext } from './kind.ts';

/** A node without the file is left alone: chapter 2 writes it. */
export async function setEtcdSection(
  context: ActionContext,
  node: NodeName,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const file = await nodeFile(await context.look(), node, patroniConfiguration);
  if (file.kind === 'unseen' || file.value === null) return;
  const text = withEtcdSettings(file.value.text, settings);
  if (text === file.value.text) return;
  await installFile(context, node, { path: patroniConfiguration, owner: 'postgres:postgres', mode: '600', text });
}

/** YAML 1.1, as Patroni reads it: `on` keeps its quotes. Unchanged to the letter when nothing has to change. */
function withEtcdSettings(configuration: string, settings: Readonly<Record<string, string>>): string {
  const document = parseDocument(configuration, { version: '1.1' });
  let changed = false;
  for (const [name, value] of Object.entries(settings)) {
    if (document.getIn(['etcd3', name]) === value) continue;
    document.setIn(['etcd3', name], value);
    changed = true;
  }
  return changed ? document.toString({ lineWidth: 0 }) : configuration;
}
