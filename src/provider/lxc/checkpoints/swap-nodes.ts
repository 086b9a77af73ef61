// The exchange of all nodes of a lab: two renames, and a mark that says on which side of them a crash fell.

import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { access, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunProgram, succeeded } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type NodeName, nodeName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';
import { type SwapOptions } from '../../node-copies.ts';
import { removeTrees } from '../node-files/remove-trees.ts';
import { type CopyPlaces, gonePlace, isGonePlace } from './places.ts';

export interface SwapDependencies {
  readonly run: RunProgram;
  readonly places: CopyPlaces;
  /** Of the workshop: one whose folder somebody removed may still run. */
  readonly nodes: readonly NodeName[];
}

/** The new nodes are complete in `places.newNodes`. */
export async function swapNodes(deps: SwapDependencies, options: SwapOptions): Promise<void> {
  await options.beforeSwap?.();
  await writeFile(deps.places.swapMark, '');
  await finishSwap(deps);
  await options.afterSwap?.();
  await rm(deps.places.swapMark);
}

/** From any point after the mark was made. May be done again. */
export async function finishSwap({ run, places, nodes }: SwapDependencies): Promise<void> {
  if (!(await exists(places.newNodes))) return;
  await killAll(run, places, nodes);
  const gone = gonePlace(places, randomBytes(4).toString('hex'));
  const old = await exists(places.nodes);
  // Nobody who looks, and not we ourselves, between these two.
  if (old) renameSync(places.nodes, gone);
  renameSync(places.newNodes, places.nodes);
  // Not waited for: the new nodes can start. If lab is cut off, `removeGone` does it.
  if (old) void removeTrees(run, [gone]);
}

/** What an earlier command didn't come to remove. */
export async function removeGone(run: RunProgram, places: CopyPlaces): Promise<void> {
  const names = await readdir(places.lab).catch(() => []);
  await removeTrees(
    run,
    names.filter(isGonePlace).map((name) => join(places.lab, name)),
  );
}

/** At once, as if the power went; frozen ones too. */
async function killAll(run: RunProgram, places: CopyPlaces, known: readonly NodeName[]): Promise<void> {
  const folders = await readdir(places.nodes, { withFileTypes: true }).catch(() => []);
  const there = folders.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const nodes = new Set([...known, ...there.map(({ name }) => nodeName(name))]);
  await Promise.all([...nodes].map((node) => kill(run, places, node)));
}

async function kill(run: RunProgram, places: CopyPlaces, node: NodeName): Promise<void> {
  const result = await run(['lxc-stop', '-P', places.nodes, '-n', node, '-k'], { timeoutSeconds: 30 });
  // 2: it doesn't run.
  if (succeeded(result) || result.exitStatus === 2) return;
  const why = result.stderr.trim().split('\n').at(-1) ?? '';
  throw new LabError(
    'node-stop-failed',
    words(`${node} could not be stopped: ${why}`, `${node} n'a pas pu être arrêté : ${why}`),
    { exit: exitStatus.failed },
  );
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
