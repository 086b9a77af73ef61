import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type RunProgram } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type NodeName } from '../../../model/ids.ts';
import { waitUntil } from '../../../clock/wait-until.ts';
import { type Words, words } from '../../../model/words.ts';
import { containerInfo, type ContainersDependencies, containerState, freezeContainer } from '../containers.ts';
import { setFrozenByKernel } from '../freezer.ts';
import { type TreeCopies } from '../node-files/copy-trees.ts';
import { removeTrees } from '../node-files/remove-trees.ts';
import { movesStill, type Moving } from '../still-nodes.ts';
import { type CopyPlaces } from './places.ts';

/**
 * Copies into `draft` while those of the nodes that run are frozen, and says for how long they were; `prepare` comes
 * before. What it froze it thaws, whatever happens; if lab is killed meanwhile, `mendCopy` does.
 */
export async function freezeWhile(
  containers: ContainersDependencies,
  places: CopyPlaces,
  {
    nodes,
    draft,
    prepare,
    signal,
  }: {
    readonly nodes: readonly NodeName[];
    readonly draft: string;
    readonly prepare: () => Promise<TreeCopies>;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<number> {
  const infos = await Promise.all(nodes.map((node) => containerInfo(containers, node)));
  const running = nodes.flatMap((node, index) => {
    const { state, init } = infos[index] ?? {};
    return state === 'running' ? [freezable(containers, places, { node, init: init ?? null })] : [];
  });
  await markCopy(places, { draft, frozen: running.map(({ node }) => node) });
  const copies = await prepare();
  const began = performance.now();
  try {
    await settleAll(running.map(({ freeze }) => freeze()));
    await settleAll(running.map(requireStill));
    await copies.copy(signal);
  } catch (error) {
    copies.giveUp();
    throw error;
  } finally {
    // A node that could not be thawed is still in the mark: the next command tries again.
    await settleAll(running.map(({ thaw }) => thaw()));
  }
  const seconds = (performance.now() - began) / 1000;
  // Whoever freezes one of them from now on means it.
  await markCopy(places, { draft, frozen: [] });
  return running.length === 0 ? 0 : seconds;
}

interface Freezable {
  readonly node: NodeName;
  readonly init: number | null;
  readonly freeze: () => Promise<void>;
  readonly thaw: () => Promise<void>;
}

/** By the kernel where that can be, which costs no program while everything stands still; else by LXC. */
function freezable(
  containers: ContainersDependencies,
  places: CopyPlaces,
  { node, init }: { readonly node: NodeName; readonly init: number | null },
): Freezable {
  let byKernel = false;
  return {
    node,
    init,
    freeze: async () => {
      byKernel = init !== null && (await setFrozenByKernel(init, true));
      if (!byKernel) await freezeContainer(containers, node, true, places.copyMark);
    },
    thaw: async () => {
      if (byKernel && init !== null && (await setFrozenByKernel(init, false))) return;
      await freezeContainer(containers, node, false);
    },
  };
}

/** Seconds for whoever is on its way into a node to arrive, and to be frozen there. */
const arrivingSeconds = 5;

/** A copy of files that somebody writes is none: it is of no instant, and what is copied may be exchanged meanwhile. */
async function requireStill({ node, init }: Freezable): Promise<void> {
  const seen: { moving: Moving | null } = { moving: 'group' };
  const look = async (pid: number): Promise<boolean> => (seen.moving = await movesStill(pid)) === null;
  if (init !== null && (await waitUntil(() => look(init), { withinSeconds: arrivingSeconds }))) return;
  const what = movingWords(seen.moving);
  throw new LabError(
    'node-not-still',
    words(
      `${node} is to stand still, and ${what.en} may still run: nothing is kept.`,
      `${node} doit être immobile, mais ${what.fr} tourne peut-être encore : rien n'est gardé.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        `Stop and start the node, then try again: lab down, lab up.`,
        `Arrêtez et redémarrez le nœud, puis réessayez : lab down, lab up.`,
      ),
    },
  );
}

/** Its number alone: its name is the node's word. */
function movingWords(moving: Moving | null): Words {
  if (moving === null || moving === 'group') return words('its control group', 'son groupe de contrôle');
  return words(`process ${moving.process} of this machine`, `le processus ${moving.process} de cette machine`);
}

/** LXC's freezing takes less than a second. */
const freezingSeconds = 40;

/** What a copy that was cut off left. A node that somebody else froze meanwhile can't be told apart: it is thawed too. */
export async function mendCopy(run: RunProgram, containers: ContainersDependencies, places: CopyPlaces): Promise<void> {
  const mark = await readFile(places.copyMark, 'utf8').then(parseMark, () => undefined);
  if (mark === undefined) return;
  // A freezing that outlived its lab would freeze what is thawed here.
  await run(['flock', '--timeout', String(freezingSeconds), places.copyMark, 'true']);
  await settleAll(mark.frozen.map((node) => thaw(containers, node)));
  await removeTrees(run, [mark.draft]);
  await forgetCopy(places);
}

/** Once nothing of it is unfinished. */
export async function forgetCopy(places: CopyPlaces): Promise<void> {
  await rm(places.copyMark, { force: true });
}

interface CopyMark {
  readonly draft: string;
  readonly frozen: readonly NodeName[];
}

/** Empty after a power cut: nothing is frozen any more. */
function parseMark(text: string): CopyMark | undefined {
  try {
    return JSON.parse(text) as CopyMark;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, whenever lab is killed. */
async function markCopy({ copyMark }: CopyPlaces, mark: CopyMark): Promise<void> {
  const draft = `${copyMark}.draft`;
  await writeFile(draft, JSON.stringify(mark));
  await rename(draft, copyMark);
}

async function thaw(containers: ContainersDependencies, node: NodeName): Promise<void> {
  if ((await containerState(containers, node)) === 'frozen') await freezeContainer(containers, node, false);
}

/** All of them come to their end, then the first failure is thrown: nothing goes on behind the caller's back. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason;
}
