import { readFile, rm, writeFile } from 'node:fs/promises';
import { nodeName, type NodeName } from '../../../model/ids.ts';
import { type ContainersDependencies, containerState, freezeContainer } from '../containers.ts';
import { type CopyPlaces } from './places.ts';

/**
 * Does `work` while those of the nodes that run are frozen, and says for how long they were. What it froze it thaws,
 * whatever happens; if lab is killed meanwhile, `thawForgotten` does.
 */
export async function freezeWhile(
  containers: ContainersDependencies,
  places: CopyPlaces,
  nodes: readonly NodeName[],
  work: () => Promise<void>,
): Promise<number> {
  const states = await Promise.all(nodes.map((node) => containerState(containers, node)));
  const running = nodes.filter((_, index) => states[index] === 'running');
  if (running.length === 0) {
    await work();
    return 0;
  }
  await writeFile(places.frozenMark, `${running.join('\n')}\n`);
  const began = performance.now();
  try {
    await settleAll(running.map((node) => freezeContainer(containers, node, true)));
    await work();
  } finally {
    // A node that could not be thawed is still in the mark: the next command tries again.
    await settleAll(running.map((node) => thaw(containers, node)));
  }
  await rm(places.frozenMark, { force: true });
  return (performance.now() - began) / 1000;
}

/** Of a copy that was cut off. A node that another one froze meanwhile can't be told apart: it is thawed too. */
export async function thawForgotten(containers: ContainersDependencies, places: CopyPlaces): Promise<void> {
  const mark = await readFile(places.frozenMark, 'utf8').catch(() => undefined);
  if (mark === undefined) return;
  const nodes = mark.split('\n').filter((name) => name !== '');
  await settleAll(nodes.map((name) => thaw(containers, nodeName(name))));
  await rm(places.frozenMark, { force: true });
}

async function thaw(containers: ContainersDependencies, node: NodeName): Promise<void> {
  if ((await containerState(containers, node)) === 'frozen') await freezeContainer(containers, node, false);
}

/** All of them come to their end, then the first failure is thrown: nothing goes on behind the caller's back. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason;
}
