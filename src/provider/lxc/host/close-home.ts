import { chmod, chown, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Words, words } from '../../../model/words.ts';

/** Where files of nodes are. */
const trees = ['checkpoints', 'images', 'labs'] as const;
/** What else lab puts into its home; `lost+found` is the file system's, where the home has one of its own. */
const others = ['authorities', 'lock', 'workshops', 'lost+found'];

/** Its owner may do everything, the nodes' root (whose group it has) may pass, nobody else may. */
const closedMode = 0o710;

/**
 * A node's root makes programs with the set-user-ID bit below LAB_HOME; an ordinary user of the host who could run one
 * would become the owner of all nodes, layers and checkpoints. A home that holds other things too is left as it is, and
 * lab's own folders in it are closed. Says what it closed of what was there.
 */
export async function closeHome(home: string, firstId: number): Promise<readonly Words[]> {
  await mkdir(home, { recursive: true, mode: closedMode });
  const wereOpen = await openPlaces(home);
  for (const place of await placesToClose(home)) {
    // Before anything is in it.
    await mkdir(place, { recursive: true, mode: closedMode });
    await chown(place, 0, firstId);
    await chmod(place, closedMode);
  }
  if (wereOpen.length === 0) return [];
  const which = wereOpen.join(', ');
  return [
    words(
      `Closed to the other users of this machine: ${which}`,
      `Fermé aux autres utilisateurs de cette machine : ${which}`,
    ),
  ];
}

/** Those that should be closed and are not. */
export async function openPlaces(home: string): Promise<readonly string[]> {
  const open = await Promise.all(
    (await placesToClose(home)).map(async (place) => ((await mayEnter(place)) ? [place] : [])),
  );
  return open.flat();
}

/** Whether the folder is root's alone and has nothing in it that is not lab's. Trials (`.lab-trial-…`) come and go. */
export async function isOfLabAlone(home: string): Promise<boolean> {
  const known: readonly string[] = [...trees, ...others];
  const entries = await readdir(home).catch(() => null);
  const isLabs = (entry: string): boolean => entry.startsWith('.lab-trial-') || known.includes(entry);
  if (entries === null || !entries.every(isLabs)) return false;
  const { uid, mode } = await stat(home);
  return uid === 0 && (mode & 0o022) === 0;
}

async function placesToClose(home: string): Promise<readonly string[]> {
  return (await isOfLabAlone(home)) ? [home] : trees.map((tree) => join(home, tree));
}

async function mayEnter(place: string): Promise<boolean> {
  return stat(place).then(
    ({ mode }) => (mode & 0o001) !== 0,
    () => false,
  );
}
