// Builds what is missing of an edition: the pool, then the base, then the other layers side by side.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { words, type Words } from '../../../model/words.ts';
import { type Edition } from '../../../model/workshop.ts';
import { buildBase } from './build-base.ts';
import { buildLayer } from './build-layer.ts';
import { newScratch, passableDirectory, putInPlace } from './building-place.ts';
import { editionSources } from './edition-sources.ts';
import { fetchPool } from './fetch-pool.ts';
import { type EditionPlaces, type ImagePlace, type ImagesHome } from './image-places.ts';
import { asItem, type ImageWork, type ImageWorkDependencies } from './image-work.ts';
import { findKeyring, readHostSources } from './host-sources.ts';
import { withParents } from './rendered-images.ts';
import { requireSpace } from './require-space.ts';

export interface ImageBuild extends ImageWorkDependencies {
  readonly home: ImagesHome;
  readonly edition: Edition;
  readonly architecture: string;
  readonly firstId: number;
  /** Bytes. */
  readonly availableMemory: number | undefined;
  readonly mirror?: string;
  readonly only?: readonly string[];
  readonly onImage?: (name: string) => void;
  /** What is there now. */
  readonly places: () => Promise<EditionPlaces>;
}

/** To be called by the holder of the images' lock. Whatever was finished before a failure stays. */
export async function buildImages(build: ImageBuild): Promise<void> {
  for (const directory of [build.home.pools, build.home.layers]) await passableDirectory(directory);
  const { images } = await build.places();
  await requireSpace(build.home.directory, images === undefined ? 'edition' : 'layers');
  const scratch = await newScratch(build.home.directory);
  try {
    if (images === undefined) await buildPool(build, scratch);
    await rm(downloadsOf(build), { recursive: true, force: true });
    await buildLayers(build, scratch);
  } finally {
    await build.runProgram(['rm', '-rf', '--one-file-system', '--', scratch]);
  }
}

async function buildPool(build: ImageBuild, scratch: string): Promise<void> {
  const { home, edition, architecture } = build;
  const host = build.mirror === undefined ? await readHostSources() : [];
  const sources = editionSources({ edition: edition.name, host, mirror: build.mirror, keyring: await findKeyring() });
  const item = { image: 'pool', title: titled(edition, words('Debian packages', 'Paquets Debian')) };
  await asItem(build, item, async (work) => {
    const { pool: place, packages } = await build.places();
    const otherPools = (await readdir(home.pools)).map((name) => join(home.pools, name));
    const downloads = downloadsOf(build);
    const pool = await fetchPool(work, { architecture, packages, sources, downloads, otherPools, scratch });
    await putInPlace(work, pool, place);
  });
}

/** A layer is begun as soon as the one below is there. */
async function buildLayers(build: ImageBuild, scratch: string): Promise<void> {
  const { pool, images = [] } = await build.places();
  const wanted = withParents(
    images.map(({ image }) => image),
    build.only,
  );
  const missing = images.filter((place) => !place.there && wanted.includes(place.image));
  for (const place of images) if (place.there) build.onImage?.(place.image.name);
  const building = new Map<string, Promise<void>>();
  for (const place of missing) {
    const below = building.get(place.image.on ?? '') ?? Promise.resolve();
    building.set(
      place.image.name,
      below.then(() => buildOne(build, place, pool, join(scratch, place.image.name))),
    );
  }
  // A layer that fails does not take its neighbour along, which is nearly finished; what stands on it isn't begun.
  const results = await Promise.allSettled(building.values());
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function buildOne(build: ImageBuild, place: ImagePlace, pool: string, scratch: string): Promise<void> {
  const { edition, firstId, availableMemory } = build;
  const { image, below } = place;
  const title = titled(edition, words(`image ${image.name}`, `image ${image.name}`));
  await asItem(build, { image: image.name, title }, async (work: ImageWork) => {
    await mkdir(scratch, { mode: 0o755 });
    const input = { scratch, pool, firstId };
    const made =
      image.on === undefined
        ? await buildBase(work, { ...input, edition: edition.name, image, availableMemory })
        : await buildLayer(work, { ...input, below, packages: image.packages, finish: image.finish });
    await putInPlace(work, made, place.path);
  });
  build.onImage?.(image.name);
}

function downloadsOf(build: ImageBuild): string {
  return join(build.home.downloads, build.edition.name);
}

function titled(edition: Edition, title: Words): Words {
  return words(`${title.en} (${edition.name})`, `${title.fr} (${edition.name})`);
}
