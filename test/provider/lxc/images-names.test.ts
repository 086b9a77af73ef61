import { describe, expect, it } from 'vitest';
import { editionName } from '../../../src/model/ids.ts';
import { type ImageDefinition } from '../../../src/model/workshop.ts';
import { layerName, type LayerIngredients, poolName } from '../../../src/provider/lxc/images/image-names.ts';
import {
  chainOf,
  poolPackages,
  renderedImages,
  withParents,
} from '../../../src/provider/lxc/images/rendered-images.ts';
import { imagesWorkshop, trixie } from './images-workshop.ts';

const image = (change: Partial<ImageDefinition> = {}): ImageDefinition => ({
  name: 'etcd',
  on: 'base',
  packages: ['etcd-server'],
  finish: ['systemctl disable etcd'],
  ...change,
});

describe('the name of a layer', () => {
  const layer: LayerIngredients = {
    edition: editionName('trixie'),
    image: image(),
    parent: 'trixie-base-0',
    poolIndex: 'p',
    firstId: 100_000,
  };
  const base: LayerIngredients = { ...layer, image: image({ name: 'base', on: undefined }), parent: undefined };

  it('says what it is and is the same for the same ingredients', () => {
    expect(layerName(layer)).toMatch(/^trixie-etcd-[0-9a-f]{12}$/);
    expect(layerName({ ...layer, image: image() })).toBe(layerName(layer));
  });

  it.each<[string, Partial<LayerIngredients>]>([
    ['a package', { image: image({ packages: ['etcd-server', 'etcd-client'] }) }],
    ['a finish command', { image: image({ finish: [] }) }],
    ['the layer below', { parent: 'trixie-base-1' }],
    ['the edition', { edition: editionName('bookworm') }],
  ])('changes with %s', (_what, change) => {
    expect(layerName({ ...layer, ...change })).not.toBe(layerName(layer));
  });

  it.each<[string, Partial<LayerIngredients>]>([
    ['the versions in the pool', { poolIndex: 'q' }],
    ["the owner of the nodes' files", { firstId: 200_000 }],
  ])('changes for the base, and so for everything on it, with %s', (_what, change) => {
    expect(layerName({ ...base, ...change })).not.toBe(layerName(base));
  });
});

describe('the name of a pool', () => {
  const pool = { edition: editionName('trixie'), architecture: 'amd64', packages: ['a', 'b'] };
  it('changes with its packages, the edition and the architecture', () => {
    const names = [
      pool,
      { ...pool, packages: ['a'] },
      { ...pool, edition: editionName('bookworm') },
      { ...pool, architecture: 'arm64' },
    ].map(poolName);
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toMatch(/^trixie-[0-9a-f]{12}$/);
  });
});

describe('the images of an edition', () => {
  it("have the edition's values in packages and commands, and stand after what they stand on", () => {
    const images = renderedImages(imagesWorkshop, trixie);
    expect(images.map(({ name }) => name)).toEqual(['base', 'database', 'tools', 'cluster']);
    expect(images.find(({ name }) => name === 'database')).toMatchObject({
      packages: ['postgresql-17'],
      finish: ['pg_dropcluster 17 main'],
    });
  });

  it('need a pool with all their packages, each once, and the further ones', () => {
    expect(poolPackages(imagesWorkshop, trixie)).toEqual([
      'apt',
      'curl',
      'haproxy',
      'patroni',
      'postgresql-17',
      'postgresql-client-17',
      'systemd',
    ]);
  });

  it('come with those that they stand on', () => {
    const images = renderedImages(imagesWorkshop, trixie);
    expect(withParents(images, ['cluster']).map(({ name }) => name)).toEqual(['base', 'database', 'cluster']);
    expect(withParents(images, undefined)).toEqual(images);
    expect(chainOf(images, 'cluster').map(({ name }) => name)).toEqual(['cluster', 'database', 'base']);
    expect(chainOf(images, 'unknown')).toEqual([]);
  });
});
