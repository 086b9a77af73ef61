// What a layer or a pool was made from is in its name: the same name is the same content, so nothing is built twice and
// nothing stale is ever used. Pure.

import { createHash } from 'node:crypto';
import { type EditionName } from '../../../model/ids.ts';
import { type ImageDefinition } from '../../../model/workshop.ts';
import { furnishBase } from './furnish-base.ts';
import { layerScript } from './layer-script.ts';

/** Raised when the way of building changes in something that isn't part of the names already. */
const recipe = 1;

export interface PoolIngredients {
  readonly edition: EditionName;
  /** As dpkg calls it: `amd64`. */
  readonly architecture: string;
  readonly packages: readonly string[];
}

export function poolName(pool: PoolIngredients): string {
  return `${pool.edition}-${digest([recipe, pool.architecture, pool.packages])}`;
}

export interface LayerIngredients {
  readonly edition: EditionName;
  readonly image: ImageDefinition;
  /** The name of the layer below; undefined for the base. */
  readonly parent: string | undefined;
  /** Digest of the pool's index, which has the exact version of every package. The other layers have it by their parent. */
  readonly poolIndex: string;
  /** The layer's files belong to ids from here on. */
  readonly firstId: number;
}

export function layerName(layer: LayerIngredients): string {
  const { edition, image } = layer;
  const below = layer.parent ?? [layer.poolIndex, layer.firstId, furnishBase];
  return `${edition}-${image.name}-${digest([recipe, layerScript, image.packages, image.finish, below])}`;
}

export function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function digest(ingredients: readonly unknown[]): string {
  return digestOf(JSON.stringify(ingredients)).slice(0, 12);
}
