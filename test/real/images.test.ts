// Images as they are built on a real machine: what is kept when things go wrong, and what a node makes of them.

import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabEvent } from '../../src/model/events.ts';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { readFirstId } from '../../src/provider/lxc/host/id-range.ts';
import {
  bootstraps,
  builtItems,
  edition,
  imageStore,
  listed,
  makeParent,
  mountsOf,
  prepareImages,
  prepareKilledAt,
  processesOf,
  removeLayer,
  smallWorkshop,
  unfinished,
} from './images-home.ts';
import { startMirror, type Mirror } from './images-mirror.ts';

let parent: string;
let home: string;
let mirror: Mirror;
beforeAll(async () => {
  parent = await makeParent();
  home = join(parent, 'home');
  mirror = await startMirror();
});
afterAll(async () => {
  await mirror.close();
  await rm(parent, { recursive: true, force: true });
});

const unpacking = (event: LabEvent): boolean =>
  event.kind === 'item-progress' && event.item === 'image base' && event.text.en.includes('unpacked');

describe('building images', () => {
  test('a mirror that is not there is said so, and nothing is left', async () => {
    const gone = await startMirror();
    await gone.close();
    const preparing = prepareImages({ home, mirror: gone.address });
    await expect(preparing).rejects.toMatchObject({ code: 'mirror-unreachable', exit: 4 });
    expect(await unfinished(home)).toEqual([]);
  });

  test('a package that the edition does not have is named', async () => {
    const workshop = { ...smallWorkshop, poolPackages: ['no-such-package'] };
    const preparing = prepareImages({ home, workshop, mirror: mirror.address });
    await expect(preparing).rejects.toMatchObject({ code: 'package-unknown', exit: 4 });
    await expect(preparing).rejects.toThrow('no-such-package');
    expect(await listed(home, 'images', 'pools')).toEqual([]);
  });

  test('a mirror that dies in the middle is said so; what was downloaded is not downloaded again', async () => {
    mirror.dieAfter(10);
    const sizes: string[] = [];
    const dying = prepareImages({ home, mirror: mirror.address }, (event) => {
      if (event.kind === 'item-progress' && event.text.en.includes('MB')) sizes.push(event.text.en);
    });
    await expect(dying).rejects.toMatchObject({ code: 'mirror-unreachable', exit: 4 });
    expect(sizes[0]).toMatch(/^0 of \d+ MB, package 1 of \d+$/);
    const archives = join(home, 'images', 'downloads', edition, 'cache', 'archives');
    // apt puts a version's epoch into the file's name, a mirror doesn't.
    const kept = (await listed(archives))
      .map((name) => name.replace(/_\d+%3a/, '_'))
      .filter((name) => name.endsWith('.deb'));
    expect(kept.length).toBeGreaterThan(0);
    const asked = mirror.packages.length;
    expect(await unfinished(home)).toEqual([]);
    expect(await listed(home, 'images', 'pools')).toEqual([]);

    mirror.dieAfter(Number.POSITIVE_INFINITY);
    // The person gives up as soon as the base is on its way: the pool is there, the base is not.
    const interrupted = prepareImages({ home, mirror: mirror.address }, (event, giveUp) => {
      if (unpacking(event)) giveUp();
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'interrupted', exit: 130 });
    const again = mirror.packages.slice(asked);
    expect(again.length).toBeGreaterThan(50);
    expect(again.filter((name) => kept.includes(name))).toEqual([]);
    expect(await listed(home, 'images', 'pools')).toHaveLength(1);
    expect(await listed(home, 'images', 'layers')).toEqual([]);
    expect(await unfinished(home)).toEqual([]);
    expect(await processesOf(home)).toEqual([]);
  });

  test('killed with SIGKILL while the base is built: no process and no half image stays', async () => {
    // From here on there is no mirror: the pool has everything.
    await mirror.close();
    await prepareKilledAt('unpacked', parent, home);
    await expect.poll(() => processesOf(home), { timeout: 10_000 }).toEqual([]);
    expect(await mountsOf(home)).toEqual([]);
    expect(await listed(home, 'images', 'layers')).toEqual([]);
    expect(await unfinished(home)).toHaveLength(1);
    expect(await imageStore(home).isPrepared(edition)).toBe(false);
  });

  test('the next one takes the leftovers away and builds, without memory to spare on the disk', async () => {
    const events = await prepareImages({ home, memory: 1e9 });
    expect(builtItems(events)).toEqual(['image base', 'image etcd', 'image jq']);
    expect(bootstraps(events)).toEqual([expect.not.stringContaining('tmpfs')]);
    expect(await unfinished(home)).toEqual([]);
    expect(await imageStore(home).isPrepared(edition)).toBe(true);
  });

  test('what is there is not built again', async () => {
    const before = await listed(home, 'images', 'layers');
    expect(await prepareImages({ home })).toEqual([]);
    expect(await listed(home, 'images', 'layers')).toEqual(before);
  });

  test('two at once build everything once: the second waits and says for whom', async () => {
    await removeLayer(home, 'jq');
    const both = (await Promise.all([prepareImages({ home }), prepareImages({ home })])).flat();
    expect(builtItems(both)).toEqual(['image jq']);
    const notices = both.filter((event) => event.kind === 'notice');
    expect(notices.map(({ text }) => text.en)).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  });

  test('a layer whose commands fail says which one, and its neighbour is kept', async () => {
    await removeLayer(home, 'etcd');
    const images = smallWorkshop.images.map((image) =>
      image.name === 'jq' ? { ...image, finish: ['test -e /nothing'] } : image,
    );
    const failing = prepareImages({ home, workshop: { ...smallWorkshop, images } });
    await expect(failing).rejects.toMatchObject({ code: 'image-failed', exit: 4 });
    await expect(failing).rejects.toThrow('this command of the image failed: test -e /nothing');
    expect(await imageStore(home).isPrepared(edition)).toBe(true);
    expect(await unfinished(home)).toEqual([]);
  });
});

describe('a node on the images', () => {
  const name = 'lab-images-test';
  const lxc = (program: string, ...args: readonly string[]) =>
    runProgram([program, '-P', join(parent, 'nodes'), '-n', name, ...args], { timeoutSeconds: 120 });
  const inNode = async (script: string): Promise<string> => {
    const result = await lxc('lxc-attach', '--clear-env', '--', 'bash', '-ec', script);
    if (result.exitStatus !== 0) throw new Error(`${script}: ${result.stdout}${result.stderr}`);
    return result.stdout.trim();
  };

  beforeAll(async () => {
    const first = await readFirstId();
    const overlay = join(parent, 'nodes', name, 'overlay');
    await mkdir(join(overlay, 'upper'), { recursive: true });
    await runProgram(['chown', '-R', `${first}:${first}`, overlay]);
    const layers = await imageStore(home).layersOf(edition, 'jq');
    const lines = [
      'lxc.include = /usr/share/lxc/config/common.conf',
      'lxc.include = /usr/share/lxc/config/userns.conf',
      `lxc.uts.name = ${name}`,
      `lxc.idmap = u 0 ${first} 65536`,
      `lxc.idmap = g 0 ${first} 65536`,
      `lxc.rootfs.path = overlay:${[...layers, join(overlay, 'upper')].join(':')}`,
      'lxc.rootfs.options = userxattr',
      'lxc.apparmor.profile = generated',
      'lxc.apparmor.allow_nesting = 1',
      'lxc.net.0.type = empty',
      `lxc.mount.entry = ${await imageStore(home).poolDirectory(edition)} var/lib/lab/pool none bind,ro,create=dir 0 0`,
    ];
    await writeFile(join(parent, 'nodes', name, 'config'), `${lines.join('\n')}\n`);
    expect(await lxc('lxc-start')).toMatchObject({ exitStatus: 0 });
    const answers = () => lxc('lxc-attach', '--', 'systemctl', 'show', '-p', 'Version');
    expect(await waitUntil(async () => (await answers()).exitStatus === 0, { withinSeconds: 60 })).toBe(true);
  });
  afterAll(() => lxc('lxc-stop', '-k'));

  test('boots whole, on the layer that was asked for', async () => {
    expect(await inNode('systemctl is-system-running --wait')).toBe('running');
    expect(await inNode('jq --version; ls /etc/finished; ! test -e /usr/bin/etcd')).toContain('/etc/finished');
  });

  test('installs from the pool without a network, before and after apt update', async () => {
    await inNode('apt-get install -y etcd-server');
    expect(await inNode('etcd --version')).toContain('etcd Version');
    await inNode('apt-get update && apt-get install -y haproxy');
    expect(await inNode('systemctl is-active haproxy')).toBe('active');
  });

  test('may change and remove what comes from the image', async () => {
    await inNode('rm -r /usr/share/doc/less && mkdir /usr/share/doc/less');
    await inNode('mv /usr/share/doc/dbus /usr/share/doc/moved && test -e /usr/share/doc/moved/copyright');
    await inNode('apt-get remove -y jq && ! test -e /usr/bin/jq');
  });

  test('has its own identity, nobody to log in as, and no way to write to the pool', async () => {
    expect(await inNode('cat /etc/machine-id')).toMatch(/^[0-9a-f]{32}$/);
    const [base = ''] = await imageStore(home).layersOf(edition, 'base');
    expect(await readFile(join(base, 'etc/machine-id'), 'utf8')).toBe('');
    expect(await inNode('cut -d: -f2 /etc/shadow | sort -u')).toMatch(/^[!*]+(\s+[!*]+)*$/);
    expect(await inNode('! touch /var/lib/lab/pool/x 2>/dev/null')).toBe('');
    expect(await inNode('find / -xdev -nouser -o -xdev -nogroup')).toBe('');
  });
});

describe('a disk that is too small', () => {
  async function withDisk(megabytes: number, use: (disk: string) => Promise<void>): Promise<void> {
    const [image, disk] = [join(parent, 'disk.img'), join(parent, 'disk')];
    const script = 'mkdir -p "$3" && truncate -s "$1" "$2" && mkfs.ext4 -q -m 0 "$2" && mount -o loop "$2" "$3"';
    const made = await runProgram(['sh', '-c', script, 'sh', `${megabytes}M`, image, disk]);
    if (made.exitStatus !== 0) throw new Error(made.stderr);
    try {
      await use(disk);
    } finally {
      await runProgram(['umount', disk]);
      await rm(image);
    }
  }

  test('is seen before anything is begun', async () => {
    await withDisk(100, async (disk) => {
      const events: LabEvent[] = [];
      const preparing = prepareImages({ home: join(disk, 'home') }, (event) => events.push(event));
      await expect(preparing).rejects.toMatchObject({ code: 'disk-too-small', exit: 4 });
      expect(events).toEqual([]);
    });
  });

  test('and fills up in the middle is said so; with room again it goes on', async () => {
    await withDisk(3000, async (disk) => {
      const place = join(disk, 'home');
      // With the pool of the first home, so that nothing is downloaded.
      await mkdir(join(place, 'images'), { recursive: true });
      await runProgram(['cp', '-a', join(home, 'images', 'pools'), join(place, 'images')]);
      const fill = 'fallocate -l "$(($(df --output=avail -B1 "$1" | tail -1) - 100000000))" "$1/filler"';
      let filling: Promise<unknown> | undefined;
      const preparing = prepareImages({ home: place }, (event) => {
        if (event.kind === 'item-started') filling ??= runProgram(['sh', '-c', fill, 'sh', disk]);
      });
      await expect(preparing).rejects.toMatchObject({ code: 'disk-full', exit: 4 });
      await filling;
      expect((await stat(join(disk, 'filler'))).size).toBeGreaterThan(1e9);
      expect(await unfinished(place)).toEqual([]);
      expect(await listed(place, 'images', 'layers')).toEqual([]);
      await rm(join(disk, 'filler'));
      const events = await prepareImages({ home: place, only: ['base'] });
      expect(bootstraps(events)).toEqual([expect.stringContaining('tmpfs')]);
      expect(await listed(place, 'images', 'layers')).toHaveLength(1);
    });
  });
});
