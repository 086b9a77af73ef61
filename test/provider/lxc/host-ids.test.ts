import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureIdRange, findFirstId, type IdFiles, readFirstId } from '../../../src/provider/lxc/host/id-range.ts';
import { freeRange, rangesIn, sharedRange } from '../../../src/provider/lxc/host/id-ranges.ts';

const shared = (uids: string, gids = uids) => sharedRange(rangesIn(uids), rangesIn(gids), 'root');

describe("root's range", () => {
  it('is the first that is large enough', () => {
    expect(shared('ana:100000:65536\nroot:165536:1000\nroot:300000:65536\n')).toBe(300_000);
  });

  it('may be written with the number of root', () => {
    expect(shared('0:200000:65536\n')).toBe(200_000);
  });

  it('is where users and groups have the same ids', () => {
    expect(shared('root:100000:65536', 'root:900000:65536')).toBeUndefined();
    expect(shared('root:100000:200000', 'root:150000:65536')).toBe(150_000);
    expect(shared('root:100000:65536\nroot:400000:65536', 'root:400000:65536')).toBe(400_000);
  });

  it('is none without a line of root, or with lines that make no sense', () => {
    expect(shared('')).toBeUndefined();
    expect(shared('root:100000\nroot:x:65536\n# root:1:65536\n')).toBeUndefined();
  });
});

describe('a free range', () => {
  it('overlaps nobody', () => {
    expect(freeRange([])).toBe(100_000);
    const taken = rangesIn('ana:100000:65536\nben:1000000:70000\n');
    const first = freeRange(taken);
    for (const { first: theirs, count } of taken)
      expect(first >= theirs + count || first + 65_536 <= theirs).toBe(true);
  });
});

describe("the host's files", () => {
  let directory: string;
  let files: IdFiles;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lab-ids-'));
    files = { subuid: join(directory, 'subuid'), subgid: join(directory, 'subgid') };
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('are left alone where root has a range', async () => {
    await writeFile(files.subuid, 'root:100000:65536\n');
    await writeFile(files.subgid, 'root:100000:65536\n');
    expect(await ensureIdRange(files)).toEqual([]);
    expect(await readFirstId(files)).toBe(100_000);
    expect(await readFile(files.subuid, 'utf8')).toBe('root:100000:65536\n');
  });

  it('get the same free range where root has none, and that is said', async () => {
    await writeFile(files.subuid, 'ana:100000:65536');
    await writeFile(files.subgid, 'ana:100000:65536\nroot:500000:65536\n');
    const [notice, ...others] = await ensureIdRange(files);
    expect(others).toEqual([]);
    const first = await readFirstId(files);
    expect(notice?.en).toContain(`root:${first}:65536`);
    expect(first).toBeGreaterThanOrEqual(565_536);
    expect(await readFile(files.subuid, 'utf8')).toBe(`ana:100000:65536\nroot:${first}:65536\n`);
    expect(await ensureIdRange(files)).toEqual([]);
  });

  it('are made where they are missing', async () => {
    expect(await findFirstId(files)).toBeUndefined();
    await expect(readFirstId(files)).rejects.toMatchObject({ code: 'id-range-missing', exit: 4 });
    await ensureIdRange(files);
    expect(await findFirstId(files)).toBe(100_000);
  });
});
