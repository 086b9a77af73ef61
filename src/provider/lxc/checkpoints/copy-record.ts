// What a copy knows of its nodes beside their files: enough to run them in any lab of the home.

import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type NodeName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';

export interface NodeRecord {
  readonly name: NodeName;
  /** Names of the read-only layers that the node stands on, topmost first. */
  readonly layers: readonly string[];
  /** Name of the package pool that is mounted in it. */
  readonly pool: string;
}

export interface CopyRecord {
  readonly format: 1;
  /** First of the host ids that own the files. */
  readonly firstId: number;
  readonly nodes: readonly NodeRecord[];
}

const fileName = 'nodes.json';

export function copiedNodes(folder: string): string {
  return join(folder, 'nodes');
}

/** Where the files of a node lie in a copy: what is written above its layers. */
export function copiedUpper(folder: string, node: NodeName): string {
  return join(copiedNodes(folder), node);
}

/** Where a copy holds the lab's volumes; a copy of a lab without any has no such folder. */
export function copiedVolumes(folder: string): string {
  return join(folder, 'volumes');
}

/** From the node's LXC configuration, as `nodeConfig` writes it. */
export function recordOf(name: NodeName, config: string): NodeRecord {
  const rootfs = /^lxc\.rootfs\.path = overlay:(.*)$/m.exec(config)?.[1]?.split(':') ?? [];
  const pool = /^lxc\.mount\.entry = (\S+) /m.exec(config)?.[1];
  if (rootfs.length < 2 || pool === undefined) throw new Error(`the LXC configuration of ${name} is not lab's own`);
  return { name, layers: rootfs.slice(0, -1).map((layer) => basename(layer)), pool: basename(pool) };
}

export async function writeRecord(folder: string, record: CopyRecord): Promise<void> {
  await writeFile(join(folder, fileName), `${JSON.stringify(record, null, 2)}\n`);
}

/** Throws `copy-unreadable`. */
export async function readRecord(folder: string): Promise<CopyRecord> {
  const record = await readFile(join(folder, fileName), 'utf8').then(parse, () => undefined);
  if (record !== undefined) return record;
  throw new LabError(
    'copy-unreadable',
    words(
      `${folder} holds no copy of nodes that this version of lab can read.`,
      `${folder} ne contient pas de copie de nœuds que cette version de lab sache lire.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'Choose another checkpoint: lab checkpoints',
        'Choisissez un autre point de reprise : lab checkpoints',
      ),
    },
  );
}

function parse(text: string): CopyRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<CopyRecord>;
    const { format, firstId, nodes } = value;
    return format === 1 && firstId !== undefined && nodes !== undefined ? { format, firstId, nodes } : undefined;
  } catch {
    return undefined;
  }
}
