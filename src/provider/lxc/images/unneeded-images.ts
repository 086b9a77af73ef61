// Layers and pools that nothing stands on. Who asks has the home to itself: no lab is at work, no image is built.

import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { labsDirectory } from '../../../model/home-paths.ts';
import { type Prunable } from '../../../model/prunable.ts';
import { settleAll } from '../../../model/settle-all.ts';
import { type Workshop } from '../../../model/workshop.ts';
import { unfinishedIn } from './building-place.ts';
import { editionPlaces, imagesHome } from './image-places.ts';

export interface UnneededInput {
  readonly home: string;
  readonly workshop: Workshop;
  readonly architecture: string;
  readonly firstId: number;
  /** Kept ends and drafts that go: what stands on a layer there does not count. */
  readonly going: ReadonlySet<string>;
}

/**
 * Needed is what the workshop's editions are made from now, and what a node of any lab, a checkpoint or a kept end that
 * stays is made from. Of an edition whose pool isn't there nobody knows which layers are its own: they stay.
 */
export async function unneededImages(input: UnneededInput): Promise<readonly Prunable[]> {
  const home = imagesHome(input.home);
  // A folder that lies elsewhere is another home's as well.
  const own = await lstat(home.directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!own) return [];
  const editions = await settleAll(
    input.workshop.editions.map(async (edition) => ({
      edition,
      places: await editionPlaces({ ...input, home, edition }),
    })),
  );
  const current = new Set(
    editions.flatMap(({ places }) => [places.pool, ...(places.images ?? []).map(({ path }) => path)]),
  );
  const unclear = editions.filter(({ places }) => places.images === undefined).map(({ edition }) => `${edition.name}-`);
  const named = await namesInUse(input);
  const isNeeded = (path: string): boolean => current.has(path) || named.has(basename(path));
  const layers = (await entries(home.layers)).filter((path) => !isNeeded(path));
  const pools = (await entries(home.pools)).filter((path) => !isNeeded(path));
  const downloads = editions
    .filter(({ places }) => places.images !== undefined)
    .map(({ edition }) => join(home.downloads, edition.name));
  const there = new Set(await entries(home.downloads));
  return [
    ...layers
      .filter((path) => !unclear.some((beginning) => basename(path).startsWith(beginning)))
      .map((path) => ({ kind: 'layer', path }) as const),
    ...pools.map((path) => ({ kind: 'pool', path }) as const),
    ...downloads.filter((path) => there.has(path)).map((path) => ({ kind: 'download', path }) as const),
    ...(await unfinishedIn(home.directory)).map((path) => ({ kind: 'build', path }) as const),
  ];
}

/**
 * Every word of what says what nodes are made from, be it a node's configuration or a copy's record: rather one name too
 * many than one that was written in another way.
 */
async function namesInUse({ home, going }: UnneededInput): Promise<ReadonlySet<string>> {
  const labs = await entries(labsDirectory(home));
  const nodes = (await settleAll(labs.map(async (lab) => (await entries(lab)).filter(holdsNodes).map(entries)))).flat();
  const configs = (await settleAll(nodes)).flat().map((node) => join(node, 'config'));
  const checkpoints = (await settleAll(labs.map((lab) => entries(join(lab, 'checkpoints'))))).flat();
  const workshops = await entries(join(home, 'checkpoints'));
  const editions = (await settleAll(workshops.map(entries))).flat();
  const ends = (await settleAll(editions.map(entries))).flat();
  const copies = [...checkpoints, ...ends].filter((path) => !going.has(path)).map((path) => join(path, 'nodes.json'));
  const texts = await settleAll([...configs, ...copies].map((path) => readFile(path, 'utf8').catch(() => '')));
  return new Set(texts.flatMap((text) => text.split(/[^\w.-]+/)));
}

/** Also those that are on their way, or were put aside by a restore that was cut off. */
function holdsNodes(path: string): boolean {
  return basename(path).startsWith('nodes');
}

async function entries(directory: string): Promise<readonly string[]> {
  return (await readdir(directory).catch(() => [])).map((name) => join(directory, name));
}
