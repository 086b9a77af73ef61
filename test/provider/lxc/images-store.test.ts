import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandResult } from '../../../src/model/command.ts';
import { type LabEvent } from '../../../src/model/events.ts';
import { holdLock } from '../../../src/process/hold-lock.ts';
import { editionPlaces, imagesHome } from '../../../src/provider/lxc/images/image-places.ts';
import { createImageStore } from '../../../src/provider/lxc/images/image-store.ts';
import { imagesWorkshop, trixie } from './images-workshop.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lab-images-'));
});
afterEach(() => rm(home, { recursive: true }));

/** Knows the architecture; every other program fails, and is remembered. */
function fakeHost() {
  const started: string[] = [];
  const runProgram = async (argv: readonly string[]): Promise<CommandResult> => {
    started.push(argv.join(' '));
    const known = argv[0] === 'dpkg';
    const end = { timedOut: false, cancelled: false, seconds: 0, stderr: known ? '' : 'E: broken' };
    return { argv, ...end, exitStatus: known ? 0 : 100, stdout: known ? 'amd64\n' : '' };
  };
  return { started, runProgram };
}

const storeOn = (host: ReturnType<typeof fakeHost>, firstId = 100_000) =>
  createImageStore({
    home,
    workshop: imagesWorkshop,
    runProgram: host.runProgram,
    firstId: async () => firstId,
    availableMemory: async () => 4e9,
  });

const places = (firstId = 100_000) =>
  editionPlaces({ home: imagesHome(home), workshop: imagesWorkshop, edition: trixie, architecture: 'amd64', firstId });

/** As if they had been built. */
async function havePool(index: string): Promise<void> {
  const { pool } = await places();
  await mkdir(pool, { recursive: true });
  await writeFile(join(pool, 'Packages'), index);
}
async function haveLayers(...names: readonly string[]): Promise<void> {
  const { images = [] } = await places();
  for (const { image, path } of images) if (names.includes(image.name)) await mkdir(path, { recursive: true });
}

describe('the image store', () => {
  it('has nothing at first, and says how to get it', async () => {
    const store = storeOn(fakeHost());
    expect(await store.isPrepared(trixie.name)).toBe(false);
    await expect(store.layersOf(trixie.name, 'base')).rejects.toMatchObject({ code: 'image-missing', exit: 4 });
    await expect(store.poolDirectory(trixie.name)).rejects.toMatchObject({ code: 'image-missing' });
  });

  it('gives the layers of an image, the topmost first', async () => {
    await havePool('Package: apt\n');
    await haveLayers('base', 'database', 'cluster');
    const layers = await storeOn(fakeHost()).layersOf(trixie.name, 'cluster');
    expect(layers.map((path) => path.slice(home.length).replace(/-[0-9a-f]+$/, ''))).toEqual([
      '/images/layers/trixie-cluster',
      '/images/layers/trixie-database',
      '/images/layers/trixie-base',
    ]);
  });

  it('is prepared when every layer is there', async () => {
    await havePool('Package: apt\n');
    await haveLayers('base', 'database', 'cluster');
    expect(await storeOn(fakeHost()).isPrepared(trixie.name)).toBe(false);
    await haveLayers('tools');
    const store = storeOn(fakeHost());
    expect(await store.isPrepared(trixie.name)).toBe(true);
    expect(await store.poolDirectory(trixie.name)).toBe((await places()).pool);
  });

  it('takes nothing that was made from other versions, or for other owners', async () => {
    await havePool('Package: apt\n');
    await haveLayers('base', 'database', 'cluster', 'tools');
    expect(await storeOn(fakeHost(), 300_000).isPrepared(trixie.name)).toBe(false);
    await havePool('Package: apt\nVersion: 2\n');
    expect(await storeOn(fakeHost()).isPrepared(trixie.name)).toBe(false);
  });
});

describe('preparing', () => {
  const options = (events: LabEvent[], signal = new AbortController().signal) => ({
    announce: (event: LabEvent) => events.push(event),
    signal,
  });

  it('does nothing, and says nothing, when everything is there', async () => {
    await havePool('Package: apt\n');
    await haveLayers('base', 'database', 'cluster', 'tools');
    const host = fakeHost();
    const events: LabEvent[] = [];
    await storeOn(host).prepare(trixie.name, options(events));
    expect(events).toEqual([]);
    expect(host.started).toEqual(['dpkg --print-architecture']);
  });

  it('of some images is done when those are there', async () => {
    await havePool('Package: apt\n');
    await haveLayers('base', 'tools');
    const events: LabEvent[] = [];
    await storeOn(fakeHost()).prepare(trixie.name, { ...options(events), only: ['tools'] });
    expect(events).toEqual([]);
  });

  it('finishes the line of work that failed, and lets go of the lock', async () => {
    const events: LabEvent[] = [];
    const preparing = storeOn(fakeHost()).prepare(trixie.name, { ...options(events), mirror: 'file:/nowhere' });
    await expect(preparing).rejects.toMatchObject({ code: 'image-failed', exit: 4 });
    expect(events.map((event) => event.kind)).toEqual(['item-started', 'command-ran', 'item-finished']);
    expect(events.at(-1)).toMatchObject({ item: 'image pool', outcome: 'failed' });
    expect(await holdLock(join(home, 'images', 'lock'))).toHaveProperty('release');
  });

  it('says whom it waits for, and stops waiting when the person gives up', async () => {
    await mkdir(join(home, 'images'));
    const other = await holdLock(join(home, 'images', 'lock'));
    const giveUp = new AbortController();
    const events: LabEvent[] = [];
    const { announce, signal } = options(events, giveUp.signal);
    const hear = (event: LabEvent): void => {
      announce(event);
      giveUp.abort();
    };
    const preparing = storeOn(fakeHost()).prepare(trixie.name, { announce: hear, signal });
    await expect(preparing).rejects.toMatchObject({ code: 'interrupted', exit: 130 });
    expect(events).toMatchObject([
      { kind: 'notice', text: { en: expect.stringContaining(String(process.pid)) as string } },
    ]);
    if ('release' in other) await other.release();
  });

  it('takes leftovers away also when there is nothing to build, unless somebody is at work', async () => {
    await havePool('Package: apt\n');
    await haveLayers('base', 'database', 'cluster', 'tools');
    await mkdir(join(home, 'images', 'tmp-123'));
    const other = await holdLock(join(home, 'images', 'lock'));
    const host = fakeHost();
    await storeOn(host).prepare(trixie.name, options([]));
    expect(host.started).not.toContainEqual(expect.stringMatching(/^rm/));
    if ('release' in other) await other.release();
    await expect(storeOn(host).prepare(trixie.name, options([]))).rejects.toThrow('rm: E: broken');
  });

  it('asks for the removal of what a killed lab left behind, and of nothing else', async () => {
    await mkdir(join(home, 'images', 'tmp-123', 'base'), { recursive: true });
    await havePool('Package: apt\n');
    const host = fakeHost();
    const preparing = storeOn(host).prepare(trixie.name, options([]));
    await expect(preparing).rejects.toThrow('rm: E: broken');
    expect(host.started.filter((line) => line.startsWith('rm'))).toEqual([
      `rm -rf --one-file-system -- ${join(home, 'images', 'tmp-123')}`,
    ]);
    expect(await readdir(join(home, 'images'))).toContain('pools');
  });

  it('takes a full disk that we meet ourselves for what it is', async () => {
    const events: LabEvent[] = [];
    const host = fakeHost();
    const runProgram = async (): Promise<CommandResult> => {
      throw new Error('ENOSPC: no space left on device, write');
    };
    const full = {
      ...host,
      runProgram: (argv: readonly string[]) =>
        argv[0] === 'dpkg' || argv[0] === 'rm' ? host.runProgram(argv) : runProgram(),
    };
    const preparing = storeOn(full).prepare(trixie.name, { ...options(events), mirror: 'file:/nowhere' });
    await expect(preparing).rejects.toMatchObject({ code: 'disk-full', exit: 4 });
    expect(events.at(-1)).toMatchObject({ kind: 'item-finished', outcome: 'failed' });
  });
});
