import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { containedAsNode } from './contained.ts';
import { type ImageWork } from './image-work.ts';
import { installProgress } from './install-progress.ts';
import { layerScript } from './layer-script.ts';

export interface LayerInput {
  /** An empty directory of this layer alone, on LAB_HOME's file system. */
  readonly scratch: string;
  /** The layers below, topmost first; none for the base. */
  readonly below: readonly string[];
  readonly pool: string;
  readonly firstId: number;
  readonly packages: readonly string[];
  /** Shell commands for the end. */
  readonly finish: readonly string[];
}

/** Makes the layer in `scratch`/root, which this returns. */
export async function buildLayer(work: ImageWork, input: LayerInput): Promise<string> {
  const [root, overlayWork, merged] = await nodeOwned(input.scratch, input.firstId, ['root', 'work', 'merged']);
  const places = [merged, root, overlayWork, input.below.join(':'), input.pool];
  const script = ['sh', '-c', layerScript, 'lab', ...places, ...input.packages, '--', ...input.finish];
  await work.run(containedAsNode(input.firstId, script), { onOutput: installProgress(work) });
  return root;
}

/** Directories that belong to the root of nodes: only then may it make files in them. */
export async function nodeOwned<const Names extends readonly string[]>(
  directory: string,
  firstId: number,
  names: Names,
): Promise<{ [Index in keyof Names]: string }> {
  const paths = names.map((name) => join(directory, name));
  for (const path of paths) {
    await mkdir(path, { recursive: true, mode: 0o755 });
    await chown(path, firstId, firstId);
  }
  return paths as { [Index in keyof Names]: string };
}
