// Taking a copy: all nodes at one instant.

import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RunProgram } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type NodeName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';
import { type CopyOptions, type NodesCopied } from '../../node-copies.ts';
import { type ContainersDependencies } from '../containers.ts';
import { copiedNodes, copiedUpper, copiedVolumes, type NodeRecord, recordOf, writeRecord } from './copy-record.ts';
import { forgetCopy, freezeWhile, mendCopy } from './freeze-while.ts';
import { prepareCopies, type TreeCopy } from '../node-files/copy-trees.ts';
import { bytesOfTrees } from '../node-files/bytes-of-trees.ts';
import { overlayOf, upperOf, volumesOf } from '../node-files/node-tree.ts';
import { removeTrees } from '../node-files/remove-trees.ts';
import { type CopyPlaces, draftOf } from './places.ts';
import { shareEqualFiles } from '../node-files/share-equal-files.ts';
import { spreadFolders } from '../room-for-files.ts';

export interface CopyNodesInput {
  readonly run: RunProgram;
  readonly containers: ContainersDependencies;
  readonly places: CopyPlaces;
  readonly firstId: number;
  readonly nodes: readonly NodeName[];
  readonly folder: string;
}

export async function copyNodes(input: CopyNodesInput, { signal, whenThawed }: CopyOptions): Promise<NodesCopied> {
  const { run, containers, places, nodes, folder } = input;
  const draft = draftOf(folder);
  await removeTrees(run, [draft]);
  const records = await Promise.all(nodes.map((node) => recordNode(places, node)));
  await mkdir(dirname(draft), { recursive: true });
  // Not one that is there already: the copies of two moments must not mix.
  await mkdir(draft);
  await mkdir(copiedNodes(draft));
  await spreadFolders(run, [draft, copiedNodes(draft)]);
  try {
    const copies = [...treesOfNodes(input, draft), ...(await treesOfVolumes(input, draft))];
    const prepare = async () => prepareCopies(input.firstId, copies);
    const frozenSeconds = await freezeWhile(containers, places, { nodes, draft, prepare, signal });
    whenThawed?.();
    shareEqualFiles(nodes.map((node) => copiedUpper(draft, node)));
    await writeRecord(draft, { format: 1, firstId: input.firstId, nodes: records });
    // Once it has its name it is whole, whatever happens to the power. The nodes run again meanwhile.
    const [bytes] = await Promise.all([
      bytesOfTrees(
        run,
        input.firstId,
        copies.map(({ to }) => to),
      ),
      run(['sync', '--file-system', draft]),
    ]);
    await rename(draft, folder);
    await forgetCopy(places);
    return { frozenSeconds, bytes: bytes ?? 0 };
  } catch (error) {
    await mendCopy(run, containers, places);
    throw error;
  }
}

async function recordNode(places: CopyPlaces, node: NodeName): Promise<NodeRecord> {
  const config = await readFile(join(places.nodes, node, 'config'), 'utf8').catch(() => undefined);
  if (config !== undefined) return recordOf(node, config);
  throw new LabError(
    'copy-node-absent',
    words(
      `${node} is not there: only a lab with all its nodes can be copied.`,
      `${node} n'existe pas : seul un lab qui a tous ses nœuds peut être copié.`,
    ),
    { exit: exitStatus.failed, hint: words('Make it again: lab up', 'Recréez-le : lab up') },
  );
}

function treesOfNodes({ places, nodes }: CopyNodesInput, draft: string): readonly TreeCopy[] {
  return nodes.map((node) => ({
    from: upperOf(overlayOf(places.nodes, node)),
    to: copiedUpper(draft, node),
  }));
}

/** Their folder is lab's own; each of them belongs to the nodes. */
async function treesOfVolumes({ run, places }: CopyNodesInput, draft: string): Promise<readonly TreeCopy[]> {
  const volumes = await readdir(volumesOf(places.nodes)).catch(() => null);
  if (volumes === null) return [];
  await mkdir(copiedVolumes(draft));
  await spreadFolders(run, [copiedVolumes(draft)]);
  return volumes.map((name) => ({
    from: join(volumesOf(places.nodes), name),
    to: join(copiedVolumes(draft), name),
  }));
}
