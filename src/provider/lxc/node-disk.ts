// A disk of its own for one node: an ext4 file system in a file, mounted over the node's overlay folder, so that the
// node's configuration stays what it is. What is true at any moment is told by the names of files alone:
//   disks/NODE.img there        the node's files are in it, and nodes/NODE/overlay is only where it is mounted
//   nodes/NODE/overlay-back     they have come back, complete; disk and mount are to be cleared away
// Anything else beside nodes/NODE/overlay is a draft that was cut off, and goes.

import { access, chmod, chown, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, type CommandResult, type RunProgram, succeeded } from '../../model/command.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { type NodeName } from '../../model/ids.ts';
import { waitUntil } from '../../clock/wait-until.ts';
import { words } from '../../model/words.ts';
import { bytesOfTrees } from './node-files/bytes-of-trees.ts';
import { copyTrees } from './node-files/copy-trees.ts';
import { overlayOf, upperOf } from './node-files/node-tree.ts';
import { removeTrees } from './node-files/remove-trees.ts';

export interface NodeDiskDependencies {
  readonly run: RunProgram;
  /** labs/NAME/nodes and labs/NAME/disks. */
  readonly nodes: string;
  readonly disks: string;
  readonly firstId: () => Promise<number>;
}

/** For the file system's own structures. */
const overheadBytes = 24 * 1024 * 1024;
/** What has just been stopped may hold the mount for a moment. */
const unmountSeconds = 15;

/** The node is stopped. See Provider.limitDisk. */
export async function limitDisk(deps: NodeDiskDependencies, node: NodeName, extraBytes: number | null): Promise<void> {
  await clearDrafts(deps, node);
  await finishComingBack(deps, node);
  const limited = await exists(places(deps, node).image);
  if (extraBytes !== null && !limited) await moveOntoDisk(deps, node, extraBytes);
  if (extraBytes === null && limited) await moveBack(deps, node);
}

/** Before a node is started: finishes what was cut off, and mounts the disk of a node that has one. */
export async function mountDisk(deps: NodeDiskDependencies, node: NodeName): Promise<void> {
  await finishComingBack(deps, node);
  const { image, overlay } = places(deps, node);
  if (!(await exists(image)) || (await isMounted(deps, overlay))) return;
  // What lies under the mount is not the node's any more.
  await removeTrees(deps.run, [overlay]);
  await mkdir(overlay);
  await must(deps, ['mount', '-o', 'loop', image, overlay]);
}

/** After a node has stopped. */
export async function unmountDisk(deps: NodeDiskDependencies, node: NodeName): Promise<void> {
  const { image, overlay } = places(deps, node);
  if (await exists(image)) await unmount(deps, overlay);
}

/** Disk and mount of a node that goes, whatever state they are in. */
export async function removeDisk(deps: NodeDiskDependencies, node: NodeName): Promise<void> {
  const { image, overlay, back } = places(deps, node);
  await clearDrafts(deps, node);
  if (!(await exists(image)) && !(await exists(back))) return;
  if (await isMounted(deps, overlay)) await must(deps, ['umount', '--lazy', overlay]);
  await removeTrees(deps.run, [overlay, back]);
  await rm(image, { force: true });
}

function places({ nodes, disks }: NodeDiskDependencies, node: NodeName) {
  return {
    overlay: overlayOf(nodes, node),
    backDraft: join(nodes, node, 'overlay-back-draft'),
    back: join(nodes, node, 'overlay-back'),
    image: join(disks, `${node}.img`),
    imageDraft: join(disks, `${node}.img-draft`),
    draftMount: join(disks, `${node}.draft`),
  };
}

async function moveOntoDisk(deps: NodeDiskDependencies, node: NodeName, extraBytes: number): Promise<void> {
  const { overlay, image, imageDraft, draftMount } = places(deps, node);
  await mkdir(draftMount, { recursive: true });
  const used = await bytesOfTrees(deps.run, await deps.firstId(), [overlay]);
  if (used === null) throw diskFailed(`du ${overlay}`);
  const bytes = Math.ceil(used * 1.1) + extraBytes + overheadBytes;
  await must(deps, ['truncate', `--size=${String(bytes)}`, imageDraft]);
  await must(deps, ['mkfs.ext4', '-q', '-F', '-b', '4096', '-m', '0', '-i', '8192', imageDraft]);
  await must(deps, ['mount', '-o', 'loop', imageDraft, draftMount]);
  await copyUpper(deps, overlay, draftMount);
  await removeTrees(deps.run, [join(draftMount, 'lost+found')]);
  await unmount(deps, draftMount);
  await rename(imageDraft, image);
  await removeTrees(deps.run, [draftMount]);
  await mountDisk(deps, node);
}

async function moveBack(deps: NodeDiskDependencies, node: NodeName): Promise<void> {
  const { overlay, back, backDraft } = places(deps, node);
  await mountDisk(deps, node);
  await mkdir(backDraft);
  await copyUpper(deps, overlay, backDraft);
  await rename(backDraft, back);
  await finishComingBack(deps, node);
}

async function finishComingBack(deps: NodeDiskDependencies, node: NodeName): Promise<void> {
  const { overlay, back, image } = places(deps, node);
  if (!(await exists(back))) return;
  await unmount(deps, overlay);
  await rm(image, { force: true });
  await removeTrees(deps.run, [overlay]);
  await rename(back, overlay);
}

/**
 * Owners, extended attributes (overlay's own among them), whiteouts and holes are kept, and it is on the disk before this
 * comes back. Not `work`, which is made again; its parent belongs to the node's root, who makes it.
 */
async function copyUpper(deps: NodeDiskDependencies, from: string, to: string): Promise<void> {
  const id = await deps.firstId();
  await copyTrees(id, [{ from: upperOf(from), to: upperOf(to) }]);
  await chown(to, id, id);
  await chmod(to, 0o755);
  await must(deps, ['sync', '--file-system', to], { timeoutSeconds: 600 });
}

async function clearDrafts(deps: NodeDiskDependencies, node: NodeName): Promise<void> {
  const { imageDraft, draftMount, backDraft } = places(deps, node);
  if (await exists(draftMount)) await unmount(deps, draftMount);
  await removeTrees(deps.run, [draftMount]);
  await rm(imageDraft, { force: true });
  await removeTrees(deps.run, [backDraft]);
}

async function unmount(deps: NodeDiskDependencies, path: string): Promise<void> {
  const gone = async (): Promise<boolean> => {
    if (!(await isMounted(deps, path))) return true;
    return succeeded(await deps.run(['umount', path], { timeoutSeconds: 60 }));
  };
  if (await waitUntil(gone, { withinSeconds: unmountSeconds })) return;
  await must(deps, ['umount', path]);
}

async function isMounted(deps: NodeDiskDependencies, path: string): Promise<boolean> {
  return succeeded(await deps.run(['mountpoint', '--quiet', path]));
}

async function must(
  deps: NodeDiskDependencies,
  argv: readonly string[],
  options: CommandOptions = { timeoutSeconds: 60 },
): Promise<CommandResult> {
  const result = await deps.run(argv, options);
  if (succeeded(result)) return result;
  throw diskFailed(`${argv.join(' ')}: ${result.stderr.trim()}`);
}

function diskFailed(said: string): LabError {
  return new LabError(
    'node-disk-failed',
    words(`A disk of the node's own can't be had: ${said}`, `Impossible de gérer un disque propre au nœud : ${said}`),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'It takes loop devices, ext4 and room on the disk of this host.',
        'Il faut des périphériques loop, ext4 et de la place sur le disque de cette machine.',
      ),
    },
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
