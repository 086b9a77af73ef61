// Folders of the host that nodes share. They lie in the folder that holds the nodes, so that whatever exchanges all nodes
// at once exchanges them as well. A node gets its volumes whenever it is started: also one that was made, or copied,
// before the workshop had them.

import { chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeName } from '../../model/ids.ts';
import { settleAll } from '../../model/settle-all.ts';
import { type VolumeDefinition } from '../../model/workshop.ts';
import { volumesOf } from './node-files/node-tree.ts';

export interface VolumesDependencies {
  /** labs/NAME/nodes. */
  readonly nodes: string;
  readonly volumes: readonly VolumeDefinition[];
  readonly firstId: () => Promise<number>;
}

const idsOfNodes = 65_536;

/** Before a node is started. Safe for several nodes at the same moment. */
export async function mountVolumes(deps: VolumesDependencies, node: NodeName): Promise<void> {
  const own = deps.volumes.filter((volume) => volume.nodes.includes(node));
  const place = join(deps.nodes, node, 'config');
  const config = await readFile(place, 'utf8').catch(() => undefined);
  if (config === undefined) return;
  await settleAll(own.map((volume) => makeVolume(deps, volume)));
  const wanted = withVolumes(config, deps.nodes, own);
  if (wanted === config) return;
  await writeFile(`${place}.draft`, wanted);
  await rename(`${place}.draft`, place);
}

/** The node's LXC configuration with these volumes, and without any other. Pure. */
export function withVolumes(config: string, nodes: string, volumes: readonly VolumeDefinition[]): string {
  const directory = volumesOf(nodes);
  const others = config.split('\n').filter((line) => !line.startsWith(`lxc.mount.entry = ${directory}/`));
  const mounts = volumes.map(
    ({ name, path }) =>
      `lxc.mount.entry = ${join(directory, name)} ${path.replace(/^\//, '')} none bind,create=dir 0 0`,
  );
  return [...others.filter((line) => line !== ''), ...mounts, ''].join('\n');
}

/** Empty, and root's in the nodes. What a node gave to somebody else there is left alone. */
async function makeVolume({ nodes, firstId }: VolumesDependencies, { name }: VolumeDefinition): Promise<void> {
  const folder = join(volumesOf(nodes), name);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const [{ uid }, first] = await settleAll([stat(folder), firstId()]);
  // Cut off between the two, it belongs to the host's root, whom no node can be.
  if (uid < first || uid >= first + idsOfNodes) await chown(folder, first, first);
}
