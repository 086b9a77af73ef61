import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type EditionName } from '../../../model/ids.ts';
import { settleAll } from '../../../model/settle-all.ts';
import { type ImageDefinition } from '../../../model/workshop.ts';
import { buildLayer, nodeOwned } from './build-layer.ts';
import { contained, containedAsNode } from './contained.ts';
import { furnishBase } from './furnish-base.ts';
import { type ImageWork } from './image-work.ts';
import { installProgress } from './install-progress.ts';

export interface BaseInput {
  readonly scratch: string;
  readonly edition: EditionName;
  readonly image: ImageDefinition;
  readonly pool: string;
  readonly firstId: number;
  /** Bytes. */
  readonly availableMemory: number | undefined;
}

/** Bytes. mmdebstrap was seen to fill 0.4e9; the rest is for what else runs, and for the labs that follow. */
const enoughMemory = 2e9;

/**
 * A whole small Debian from the pool, without a network. mmdebstrap makes it as real root, and its archive is unpacked
 * as the root of nodes while it is written. Returns the base's directory.
 */
export async function buildBase(work: ImageWork, input: BaseInput): Promise<string> {
  const { scratch, firstId, pool, image } = input;
  const [root] = await nodeOwned(scratch, firstId, ['root']);
  const pipe = join(scratch, 'archive');
  await work.run(['mkfifo', pipe]);
  await bothOrNone(work.signal, [
    (signal) => debootstrap(work, input, pipe, signal),
    (signal) =>
      work.run(containedAsNode(firstId, ['tar', ...tarOptions, '--directory', root, '--file', pipe]), { signal }),
  ]);
  return buildLayer(work, { scratch, below: [], pool, firstId, packages: [], finish: [furnishBase, ...image.finish] });
}

/** /dev is the node's own: LXC fills it, and nobody may make devices in a user namespace. */
const tarOptions = ['--extract', '--numeric-owner', '--exclude=./dev/*', '--xattrs', '--xattrs-include=*'];

async function debootstrap(work: ImageWork, input: BaseInput, target: string, signal: AbortSignal): Promise<void> {
  const temporary = join(input.scratch, 'temporary');
  await mkdir(temporary);
  const place = (input.availableMemory ?? 0) < enoughMemory ? onDisk : inMemory;
  const options = [
    '--verbose',
    '--mode=root',
    '--format=tar',
    '--variant=apt',
    `--include=${input.image.packages.join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Languages "none"',
    // Here and later in the nodes: what a crash would cost is an image or a node that is made again in seconds.
    '--dpkgopt=force-unsafe-io',
  ];
  const source = `deb [trusted=yes] copy://${input.pool} ./`;
  const argv = contained([...place, 'mmdebstrap', ...options, input.edition, target, source]);
  // mmdebstrap opens its target, closes it and opens it again when it has something to write: for tar that would be the
  // end of the archive. The pipe stays open as long as we hold it.
  const held = await open(target, 'r+');
  try {
    await work.run(argv, { signal, env: { TMPDIR: temporary }, onOutput: installProgress(work) });
  } finally {
    await held.close();
  }
}

/**
 * mmdebstrap makes a whole system in TMPDIR only to pack and remove it: ten thousand files and three thousand fsyncs. In
 * memory that takes half the time, and nothing is left to remove. The mount is gone with mmdebstrap's namespace.
 */
const inMemory = ['sh', '-c', 'mount -t tmpfs lab "$TMPDIR" && exec "$@"', 'sh'];
const onDisk: readonly string[] = [];

/** Two ends of a pipe: when one fails the other is ended, and the first failure is the one that is told. */
async function bothOrNone(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<unknown>)[],
): Promise<void> {
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  const failures: unknown[] = [];
  const guarded = tasks.map((task) =>
    task(either).catch((error: unknown) => {
      failures.push(error);
      giveUp.abort();
    }),
  );
  await settleAll(guarded);
  if (failures.length > 0) throw failures[0];
}
