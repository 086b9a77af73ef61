// The nodes that are to come, made complete beside the place of those that are there.

import { chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type RunProgram } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { settleAll } from '../../../model/settle-all.ts';
import { words } from '../../../model/words.ts';
import { type Workshop } from '../../../model/workshop.ts';
import { attachVethHook, writeAttachVethHook } from '../attach-veth-hook.ts';
import { nodeConfig } from '../node-config.ts';
import { spreadFolders } from '../room-for-files.ts';
import { copiedUpper, copiedVolumes, type CopyRecord, type NodeRecord, readRecord } from './copy-record.ts';
import { copyTrees, type TreeCopy } from '../node-files/copy-trees.ts';
import { overlayOf, upperOf, volumesOf } from '../node-files/node-tree.ts';
import { type CopyPlaces } from './places.ts';
import { exists } from './swap-nodes.ts';

export interface ReplacementInput {
  readonly run: RunProgram;
  readonly places: CopyPlaces;
  readonly workshop: Workshop;
  /** The lab's network namespace. */
  readonly namespace: string;
  readonly firstId: number;
}

/** Throws when nodes of this copy could not run on this machine any more. */
export async function readUsableRecord(input: ReplacementInput, folder: string): Promise<CopyRecord> {
  const record = await readRecord(folder);
  const { places, workshop } = input;
  const needed = record.nodes.flatMap((node) => [
    ...node.layers.map((layer) => join(places.layers, layer)),
    join(places.pools, node.pool),
  ]);
  const there = await Promise.all(needed.map((path) => exists(path)));
  const lost = needed.find((_, index) => !there[index]);
  if (lost !== undefined) throw imageGone(basename(lost));
  if (record.firstId !== input.firstId) throw idsChanged();
  const foreign = record.nodes.find(({ name }) => !workshop.nodes.some((node) => node.name === name));
  if (foreign !== undefined) throw unknownNode(foreign.name);
  return record;
}

/** `undefined`: no nodes at all. */
export async function makeReplacement(
  input: ReplacementInput,
  copy: { readonly folder: string; readonly record: CopyRecord } | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const { places, namespace } = input;
  await mkdir(places.lab, { recursive: true });
  // Not one that is there already: nodes of two moments must not mix.
  await mkdir(places.newNodes);
  await writeAttachVethHook(places.newNodes, namespace);
  if (copy === undefined) return;
  const made = [
    ...copy.record.nodes.map((node) => makeNode(input, copy.folder, node)),
    makeVolumes(input, copy.folder),
  ];
  const trees = await settleAll(made);
  await copyTrees(input.firstId, trees.flat(), signal);
}

/** Their folder, and what is to be copied into it. */
async function makeVolumes({ run, places }: ReplacementInput, folder: string): Promise<readonly TreeCopy[]> {
  const volumes = await readdir(copiedVolumes(folder)).catch(() => null);
  if (volumes === null) return [];
  const made = volumesOf(places.newNodes);
  await mkdir(made);
  await spreadFolders(run, [made]);
  return volumes.map((name) => ({ from: join(copiedVolumes(folder), name), to: join(made, name) }));
}

/** All but its files, which are to be copied. */
async function makeNode(
  { run, places, workshop, firstId }: ReplacementInput,
  folder: string,
  { name, layers, pool }: NodeRecord,
): Promise<readonly TreeCopy[]> {
  const definition = workshop.nodes.find((node) => node.name === name);
  if (definition === undefined) throw new Error(`${name} is no node of the workshop`);
  const overlay = overlayOf(places.newNodes, name);
  await mkdir(overlay, { recursive: true });
  // LXC makes the overlay's work directory beside the upper one, as the node's root.
  await chown(overlay, firstId, firstId);
  await spreadFolders(run, [overlay]);
  await writeFile(
    join(places.newNodes, name, 'config'),
    nodeConfig({
      name,
      address: definition.address,
      prefixLength: workshop.network.prefixLength,
      layers: layers.map((layer) => join(places.layers, layer)),
      upper: upperOf(overlayOf(places.nodes, name)),
      firstId,
      attachVethHook: attachVethHook(places.nodes),
      pool: join(places.pools, pool),
    }),
  );
  return [{ from: copiedUpper(folder, name), to: upperOf(overlay) }];
}

function imageGone(name: string): LabError {
  return new LabError(
    'checkpoint-image-gone',
    words(
      `This checkpoint stands on the image ${name}, which is no longer on this machine. The lab is unchanged.`,
      `Ce point de reprise repose sur l'image ${name}, qui n'est plus sur cette machine. Le lab n'a pas changé.`,
    ),
    { exit: exitStatus.hostCannot, hint: buildInstead },
  );
}

function idsChanged(): LabError {
  return new LabError(
    'checkpoint-ids-changed',
    words(
      'This checkpoint was taken when nodes had other user ids on this machine. The lab is unchanged.',
      "Ce point de reprise date d'un moment où les nœuds avaient d'autres identifiants sur cette machine. Le lab n'a pas changé.",
    ),
    { exit: exitStatus.hostCannot, hint: buildInstead },
  );
}

function unknownNode(name: string): LabError {
  return new LabError(
    'checkpoint-node-unknown',
    words(
      `This checkpoint has a node ${name}, which this workshop doesn't have. The lab is unchanged.`,
      `Ce point de reprise a un nœud ${name}, que cet atelier n'a pas. Le lab n'a pas changé.`,
    ),
    { exit: exitStatus.failed, hint: buildInstead },
  );
}

const buildInstead = words(
  'Bring the lab to the chapter that you want with "lab up" instead, or choose another checkpoint: lab checkpoints',
  'Amenez plutôt le lab au chapitre voulu avec « lab up », ou choisissez un autre point de reprise : lab checkpoints',
);
