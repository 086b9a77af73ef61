import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { editionPlaces, imagesHome } from '../../../src/provider/lxc/images/image-places.ts';
import { unneededImages } from '../../../src/provider/lxc/images/unneeded-images.ts';
import { imagesWorkshop as workshop, trixie } from './images-workshop.ts';

const made = { architecture: 'amd64', firstId: 100_000 };
let home: string;
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'lab-unneeded-'))));
afterEach(() => rm(home, { recursive: true }));

const put = async (path: string, text = ''): Promise<void> => {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
};
const unneeded = async (...going: readonly string[]) =>
  (await unneededImages({ home, workshop, ...made, going: new Set(going.map((path) => join(home, path))) })).map(
    ({ kind, path }) => `${kind} ${path.slice(home.length + 1)}`,
  );

/** Pool and layers of trixie as the workshop is now, beside others of the same edition. */
async function someImages(): Promise<void> {
  const places = () => editionPlaces({ home: imagesHome(home), workshop, edition: trixie, ...made });
  await mkdir((await places()).pool, { recursive: true });
  await writeFile(join((await places()).pool, 'Packages'), 'Package: apt\n');
  for (const { path } of (await places()).images ?? []) await mkdir(path, { recursive: true });
  for (const old of ['layers/trixie-base-000000000001', 'layers/trixie-etcd-000000000002', 'pools/trixie-000000000003'])
    await mkdir(join(home, 'images', old), { recursive: true });
}

const old = [
  'layer images/layers/trixie-base-000000000001',
  'layer images/layers/trixie-etcd-000000000002',
  'pool images/pools/trixie-000000000003',
];

test('what the workshop is made from now stays, the rest is not needed', async () => {
  await someImages();
  expect(await unneeded()).toEqual(old);
});

test.each([
  ['a node of a lab', 'labs/alice/nodes/a/config'],
  ['a node that is on its way into a lab', 'labs/alice/nodes.new/a/config'],
  ['a checkpoint', 'labs/alice/checkpoints/lunch/nodes.json'],
  ['a kept end of any workshop', 'checkpoints/other/trixie/chapter-1-0123abcd/nodes.json'],
])('what %s is made from stays', async (_, path) => {
  await someImages();
  const text = path.endsWith('config')
    ? `lxc.rootfs.path = overlay:${home}/images/layers/trixie-etcd-000000000002:${home}/images/layers/trixie-base-000000000001:/upper\nlxc.mount.entry = ${home}/images/pools/trixie-000000000003 opt/pool none bind,ro 0 0\n`
    : JSON.stringify({
        nodes: [
          {
            layers: ['trixie-etcd-000000000002', 'trixie-base-000000000001'],
            pool: 'trixie-000000000003',
          },
        ],
      });
  await put(path, text);
  expect(await unneeded()).toEqual([]);
  // An end that goes is no reason.
  expect(await unneeded(dirname(path))).toEqual(path.startsWith('labs/alice/nodes') ? [] : old);
});

test('builds that were cut off, and downloads of a pool that is there, are not needed', async () => {
  await someImages();
  await put('images/tmp-123/root');
  await put('images/downloads/trixie/archives/x.deb');
  expect(await unneeded()).toEqual([...old, 'download images/downloads/trixie', 'build images/tmp-123']);
});

test('of an edition without its pool every layer stays, and so do the downloads', async () => {
  await someImages();
  await put('images/downloads/trixie/archives/x.deb');
  const { pool } = await editionPlaces({ home: imagesHome(home), workshop, edition: trixie, ...made });
  await rm(pool, { recursive: true });
  expect(await unneeded()).toEqual(['pool images/pools/trixie-000000000003']);
});

test('images that another home has as well are left alone', async () => {
  await someImages();
  await rename(join(home, 'images'), join(home, 'elsewhere'));
  await symlink(join(home, 'elsewhere'), join(home, 'images'));
  expect(await unneeded()).toEqual([]);
});
