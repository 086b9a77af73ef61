import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeHome, isOfLabAlone, openPlaces } from '../../../src/provider/lxc/host/close-home.ts';

const isRoot = process.geteuid?.() === 0;
const firstId = 100_000;
let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'close-home-'))));
afterEach(() => rm(folder, { recursive: true }));

async function modeOf(place: string): Promise<string> {
  const { mode, uid, gid } = await stat(place);
  return `${(mode & 0o7777).toString(8)} ${String(uid)}:${String(gid)}`;
}

describe.runIf(isRoot)('LAB_HOME', () => {
  it('is made so that the root of nodes passes and other users do not, without a word', async () => {
    const home = join(folder, 'home');
    expect(await closeHome(home, firstId)).toEqual([]);
    expect(await modeOf(home)).toBe('710 0:100000');
  });

  it('that stood open is closed and that is said once', async () => {
    const home = join(folder, 'home');
    await mkdir(join(home, 'labs'), { recursive: true });
    await chmod(home, 0o755);
    expect(await openPlaces(home)).toEqual([home]);
    expect((await closeHome(home, firstId)).map(({ en }) => en)).toEqual([
      `Closed to the other users of this machine: ${home}`,
    ]);
    expect(await closeHome(home, firstId)).toEqual([]);
  });

  it('with things of somebody else stays as it is, and lab closes its own folders in it', async () => {
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'letter'), '');
    await mkdir(join(folder, 'labs'));
    await closeHome(folder, firstId);
    expect(await modeOf(folder)).toBe('755 0:0');
    for (const tree of ['labs', 'images', 'checkpoints']) expect(await modeOf(join(folder, tree))).toBe('710 0:100000');
  });

  it("is not taken for lab's where anybody may write", async () => {
    await chmod(folder, 0o1777);
    expect(await isOfLabAlone(folder)).toBe(false);
  });
});
