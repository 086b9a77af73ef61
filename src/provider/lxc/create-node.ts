// A node's folder: made complete beside its place, then renamed into it, so that a node is there or is not.

import { chmod, chown, lchown, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type RunProgram } from '../../model/command.ts';
import { type NodeSpec } from '../provider.ts';
import { overlayOf, upperOf } from './node-files/node-tree.ts';
import { removeTrees } from './node-files/remove-trees.ts';
import { spreadFolders, underNewName } from './room-for-files.ts';
import { nodeConfig } from './node-config.ts';

export interface NodeFolderInput {
  readonly run: RunProgram;
  readonly spec: NodeSpec;
  /** labs/NAME/nodes. */
  readonly directory: string;
  readonly layers: readonly string[];
  readonly pool: string;
  readonly firstId: number;
  readonly prefixLength: number;
  readonly attachVethHook: string;
}

export async function createNodeFolder(input: NodeFolderInput): Promise<void> {
  const { spec, directory } = input;
  const name = spec.definition.name;
  const place = join(directory, name);
  const draft = join(directory, `.draft-${name}`);
  await removeTrees(input.run, [draft]);
  // LXC makes the overlay's work directory beside the upper one, so their parent belongs to the node's root as well.
  await mkdir(draft);
  await spreadFolders(input.run, [draft]);
  await underNewName(join(draft, basename(overlayOf(directory, name))), async (overlay) => {
    const etc = join(upperOf(overlay), 'etc');
    await mkdir(etc, { recursive: true });
    await writeFile(join(etc, 'hostname'), `${name}\n`);
    await writeFile(join(etc, 'hosts'), spec.hosts);
    await giveTo(overlay, input.firstId);
  });
  await chmod(draft, 0o755);
  await writeFile(
    join(draft, 'config'),
    nodeConfig({
      name,
      address: spec.definition.address,
      prefixLength: input.prefixLength,
      layers: input.layers,
      upper: upperOf(overlayOf(directory, name)),
      firstId: input.firstId,
      attachVethHook: input.attachVethHook,
      pool: input.pool,
    }),
  );
  await removeTrees(input.run, [place]);
  await rename(draft, place);
}

async function giveTo(path: string, id: number): Promise<void> {
  await chown(path, id, id);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(child, id);
    else await lchown(child, id, id);
  }
}
