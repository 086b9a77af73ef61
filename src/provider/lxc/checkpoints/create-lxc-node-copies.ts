// Copies of the nodes of one lab: puts the parts together behind the NodeCopies interface.

import { rm } from 'node:fs/promises';
import { type RunProgram } from '../../../model/command.ts';
import { labPaths } from '../../../model/home-paths.ts';
import { type LabName } from '../../../model/ids.ts';
import { type Workshop } from '../../../model/workshop.ts';
import { type Mended, type NodeCopies, type SwapOptions } from '../../node-copies.ts';
import { namespaceName } from '../network.ts';
import { copyNodes } from './copy-nodes.ts';
import { removeTrees } from '../node-files/remove-trees.ts';
import { mendCopy } from './freeze-while.ts';
import { copyPlaces } from './places.ts';
import { makeReplacement, readUsableRecord, type ReplacementInput } from './replacement.ts';
import { exists, finishSwap, removeGone, type SwapDependencies, swapNodes } from './swap-nodes.ts';

export interface LxcNodeCopiesDependencies {
  readonly run: RunProgram;
  readonly home: string;
  readonly lab: LabName;
  readonly workshop: Workshop;
  /** First of the 65536 host ids that nodes are mapped to. */
  readonly firstId: () => Promise<number>;
}

export function createLxcNodeCopies(deps: LxcNodeCopiesDependencies): NodeCopies {
  const { run, home, lab, workshop } = deps;
  const places = copyPlaces(home, lab);
  const containers = { run, directory: labPaths(home, lab).nodes };
  const swap: SwapDependencies = { run, places, nodes: workshop.nodes.map(({ name }) => name) };
  const replacement = async (): Promise<ReplacementInput> => ({
    run,
    places,
    workshop,
    namespace: namespaceName(home, lab),
    firstId: await deps.firstId(),
  });
  const mend: NodeCopies['mend'] = async (settle): Promise<Mended> => {
    await mendCopy(run, containers, places);
    await removeGone(run, places);
    const cutOff = await whatWasCutOff(swap);
    if (cutOff === 'nothing') return cutOff;
    if (cutOff === 'finished') await finishSwap(swap);
    await settle?.(cutOff);
    await removeTrees(run, [places.newNodes]);
    await rm(places.swapMark, { force: true });
    return cutOff;
  };
  const exchange = async (make: () => Promise<void>, options: SwapOptions): Promise<void> => {
    try {
      await make();
    } catch (error) {
      await removeTrees(run, [places.newNodes]);
      throw error;
    }
    await swapNodes(swap, options);
  };
  return {
    copy: async (nodes, folder, options = {}) =>
      copyNodes({ run, containers, places, firstId: await deps.firstId(), nodes, folder }, options),
    replace: async (folder, options = {}) => {
      const input = await replacement();
      const record = await readUsableRecord(input, folder);
      await mend();
      await exchange(() => makeReplacement(input, { folder, record }, options.signal), options);
    },
    removeAll: async (options = {}) => {
      const input = await replacement();
      await mend();
      await exchange(() => makeReplacement(input, undefined), options);
    },
    mend,
  };
}

async function whatWasCutOff({ places }: SwapDependencies): Promise<Mended> {
  if (await exists(places.swapMark)) return 'finished';
  return (await exists(places.newNodes)) ? 'undone' : 'nothing';
}
