// Where the images of an edition lie, and which of them are there.

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Edition, type ImageDefinition, type Workshop } from '../../../model/workshop.ts';
import { digestOf, layerName, poolName } from './image-names.ts';
import { poolPackages, renderedImages } from './rendered-images.ts';

export interface ImagesHome {
  readonly directory: string;
  readonly lock: string;
  readonly pools: string;
  readonly layers: string;
  /** What apt has downloaded for a pool that isn't there yet, an edition each. */
  readonly downloads: string;
}

export function imagesHome(home: string): ImagesHome {
  const directory = join(home, 'images');
  return {
    directory,
    lock: join(directory, 'lock'),
    pools: join(directory, 'pools'),
    layers: join(directory, 'layers'),
    downloads: join(directory, 'downloads'),
  };
}

export interface ImagePlace {
  readonly image: ImageDefinition;
  readonly path: string;
  readonly there: boolean;
  /** Layers below it, topmost first. */
  readonly below: readonly string[];
}

export interface EditionPlaces {
  readonly pool: string;
  readonly packages: readonly string[];
  /** Each after the one that it stands on; undefined while the pool isn't there, on whose versions their names depend. */
  readonly images: readonly ImagePlace[] | undefined;
}

export async function editionPlaces(input: {
  readonly home: ImagesHome;
  readonly workshop: Workshop;
  readonly edition: Edition;
  readonly architecture: string;
  readonly firstId: number;
}): Promise<EditionPlaces> {
  const { home, workshop, edition, architecture, firstId } = input;
  const packages = poolPackages(workshop, edition);
  const pool = join(home.pools, poolName({ edition: edition.name, architecture, packages }));
  const index = await readFile(join(pool, 'Packages')).catch(() => undefined);
  if (index === undefined) return { pool, packages, images: undefined };
  const poolIndex = digestOf(index);
  const images = new Map<string, ImagePlace & { readonly name: string }>();
  for (const image of renderedImages(workshop, edition)) {
    const parent = image.on === undefined ? undefined : images.get(image.on);
    const name = layerName({ edition: edition.name, image, parent: parent?.name, poolIndex, firstId });
    const path = join(home.layers, name);
    const below = parent === undefined ? [] : [parent.path, ...parent.below];
    images.set(image.name, { image, name, path, there: await exists(path), below });
  }
  return { pool, packages, images: [...images.values()] };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
