// Copies of the nodes of a fake machine, held to the same contract as those on LXC. A copy is one real file in a real
// folder, so that the store of checkpoints can keep it. Every effect asks `beforeEffect` first.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { type NodeName } from '../../src/model/ids.ts';
import { verbatim } from '../../src/model/words.ts';
import { type NodeCopies, type SwapOptions } from '../../src/provider/node-copies.ts';
import { type FakeMachine, type FakeNode } from './fake-provider.ts';

type CopiedNodes = readonly (readonly [NodeName, readonly (readonly [string, string])[]])[];

export function fakeNodeCopies(machine: FakeMachine, beforeEffect: () => void = () => undefined): NodeCopies {
  const effect = async (change: () => void): Promise<void> => {
    await Promise.resolve();
    beforeEffect();
    change();
  };
  const setState = (node: NodeName, from: FakeNode['state'], to: FakeNode['state']): void => {
    const found = machine.nodes.get(node);
    if (found?.state === from) found.state = to;
  };
  const thaw = () =>
    effect(() => {
      for (const node of machine.frozenForCopy) setState(node, 'frozen', 'running');
      machine.frozenForCopy = [];
    });
  const finish = async (): Promise<void> => {
    const coming = machine.replacement?.nodes ?? new Map<NodeName, FakeNode>();
    await effect(() => {
      for (const node of machine.nodes.values()) node.state = 'stopped';
    });
    await effect(() => {
      machine.nodes.clear();
      for (const [name, node] of coming) machine.nodes.set(name, node);
    });
  };
  const swap = async (nodes: ReadonlyMap<NodeName, FakeNode>, options: SwapOptions): Promise<void> => {
    await effect(() => (machine.replacement = { nodes, swapping: false }));
    await options.beforeSwap?.();
    await effect(() => (machine.replacement = { nodes, swapping: true }));
    await finish();
    await options.afterSwap?.();
    await effect(() => (machine.replacement = null));
  };
  const mend: NodeCopies['mend'] = async (settle) => {
    if (machine.frozenForCopy.length > 0) await thaw();
    if (machine.replacement === null) return 'nothing';
    const outcome = machine.replacement.swapping ? 'finished' : 'undone';
    if (outcome === 'finished') await finish();
    await settle?.(outcome);
    await effect(() => (machine.replacement = null));
    return outcome;
  };
  return {
    copy: async (nodes, folder, { signal, whenThawed } = {}) => {
      const absent = nodes.find((node) => !machine.nodes.has(node));
      if (absent !== undefined) throw new LabError('copy-node-absent', verbatim(absent), { exit: exitStatus.failed });
      const running = nodes.filter((node) => machine.nodes.get(node)?.state === 'running');
      await effect(() => (machine.frozenForCopy = running));
      try {
        await effect(() => running.forEach((node) => setState(node, 'running', 'frozen')));
        if (signal?.aborted)
          throw new LabError('interrupted', verbatim('interrupted'), { exit: exitStatus.interrupted });
        await effect(() => undefined);
      } catch (error) {
        if (error instanceof LabError) await thaw();
        throw error;
      }
      await thaw();
      whenThawed?.();
      await writeCopy(machine, nodes, folder);
      return { frozenSeconds: running.length === 0 ? 0 : 0.5, bytes: 1000 };
    },
    replace: async (folder, options = {}) => {
      const nodes = await readCopy(folder);
      await mend();
      await swap(nodes, options);
    },
    removeAll: async (options = {}) => {
      await mend();
      await swap(new Map(), options);
    },
    mend,
  };
}

async function writeCopy(machine: FakeMachine, nodes: readonly NodeName[], folder: string): Promise<void> {
  const copied: CopiedNodes = nodes.map((node) => [node, [...(machine.nodes.get(node)?.files ?? [])]]);
  await mkdir(`${folder}.draft`, { recursive: true });
  await writeFile(join(`${folder}.draft`, 'nodes.json'), JSON.stringify(copied));
  await rename(`${folder}.draft`, folder);
}

async function readCopy(folder: string): Promise<ReadonlyMap<NodeName, FakeNode>> {
  const text = await readFile(join(folder, 'nodes.json'), 'utf8').catch(() => {
    throw new LabError('copy-unreadable', verbatim(folder), { exit: exitStatus.failed });
  });
  const nodes = JSON.parse(text) as CopiedNodes;
  return new Map(nodes.map(([name, files]) => [name, { state: 'stopped', files: new Map(files) }]));
}
