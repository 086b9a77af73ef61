// A workshop's folder from somebody else.

import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../src/model/errors.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { mostEntries, readWorkshopFiles } from '../../src/workshop/read-files.ts';
import { mostFileBytes, readRegularFile, readWorkshopFile } from '../../src/workshop/read-regular-file.ts';
import { tinyKinds } from './tiny-kinds.ts';

const good = new URL('../../fixtures/bad-workshops/good', import.meta.url).pathname;
const secret = 'root:$6$very-secret-hash';
let top: string;
let workshop: string;
let chapter: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'lab-strange-'));
  workshop = join(top, 'workshop');
  chapter = join(workshop, 'chapters', '01-first');
  await cp(good, workshop, { recursive: true });
  await writeFile(join(top, 'shadow'), `${secret}: [\n`);
});

afterEach(() => rm(top, { recursive: true, force: true }));

async function refusal(): Promise<LabError> {
  const error: unknown = await loadWorkshop(tinyKinds, workshop).catch((thrown: unknown) => thrown);
  if (!(error instanceof LabError)) throw new Error('the workshop was not refused', { cause: error });
  expect(error).toMatchObject({ code: 'workshop-invalid', exit: 3 });
  expect(error.what.en + error.what.fr).not.toContain(secret);
  return error;
}

async function replaced(path: string, make: (path: string) => unknown): Promise<LabError> {
  await rm(path, { recursive: true });
  await make(path);
  const error = await refusal();
  expect(error.what.en).toContain(`${path}:1:1: `);
  return error;
}

describe('is refused by the name of the file, and nothing of it is said:', () => {
  it('a link that leads outside', async () => {
    const error = await replaced(join(chapter, 'en.yml'), (path) => symlink(join(top, 'shadow'), path));
    expect(error.what.en).toContain('this is a symbolic link');
    expect(error.what.fr).toContain('ceci est un lien symbolique');
  });

  it('a link inside, and one that leads nowhere', async () => {
    await replaced(join(chapter, 'en.yml'), (path) => symlink('fr.yml', path));
    await replaced(join(chapter, 'en.yml'), (path) => symlink('nothing', path));
  });

  it('workshop.yml itself', async () => {
    await replaced(join(workshop, 'workshop.yml'), (path) => symlink(join(top, 'shadow'), path));
  });

  it('a file of files/', async () => {
    await replaced(join(chapter, 'files', 'etcd.conf'), (path) => symlink(join(top, 'shadow'), path));
  });

  it.each(['chapters', 'chapters/01-first', 'chapters/01-first/files'])('%s as a link', async (folder) => {
    const path = join(workshop, folder);
    await rename(path, join(top, 'elsewhere'));
    await symlink(join(top, 'elsewhere'), path);
    expect((await refusal()).what.en).toContain(`${path}:1:1: this is a symbolic link`);
  });

  it('a pipe, which nobody waits for', async () => {
    const error = await replaced(join(chapter, 'en.yml'), (path) => execFileSync('mkfifo', [path]));
    expect(error.what.fr).toContain('un tube, un socket ou un périphérique');
  });

  it('a pipe in files/', async () => {
    await replaced(join(chapter, 'files', 'etcd.conf'), (path) => execFileSync('mkfifo', [path]));
  });

  it('a socket', async () => {
    const server = createServer();
    try {
      await replaced(join(chapter, 'en.yml'), (path) => new Promise<void>((heard) => server.listen(path, heard)));
    } finally {
      server.close();
    }
  });

  it('a file of three gigabytes, without reading it', async () => {
    const error = await replaced(join(chapter, 'en.yml'), async (path) => {
      await writeFile(path, '');
      await truncate(path, 3 * 1024 ** 3);
    });
    expect(error.what.en).toContain('this file has 3072 MiB');
    expect(error.what.fr).toContain('1 Mio au plus');
  });

  it('more files than a workshop has', async () => {
    for (let index = 0; index <= mostEntries; index++) await writeFile(join(chapter, 'files', String(index)), '');
    expect((await refusal()).what.en).toContain(`${workshop}:1:1: a workshop has 1000 files`);
  });

  it('more in its files than a workshop has', async () => {
    const large = 'x'.repeat(mostFileBytes);
    for (let index = 0; index < 34; index++) await writeFile(join(chapter, 'files', String(index)), large);
    expect((await refusal()).what.en).toContain('and 32 MiB, at most');
  });
});

it('all of them are said at once', async () => {
  await rm(join(chapter, 'fr.yml'));
  execFileSync('mkfifo', [join(chapter, 'fr.yml')]);
  const { what } = await replaced(join(chapter, 'en.yml'), (path) => symlink(join(top, 'shadow'), path));
  expect(what.en).toContain('2 places to correct');
});

it('the folder itself may be a link, and may hold the lock of an editor', async () => {
  await symlink(workshop, join(top, 'link'));
  await symlink('somebody@host.1234', join(chapter, 'files', '.#etcd.conf'));
  expect((await loadWorkshop(tinyKinds, join(top, 'link'))).name).toBe('tiny');
});

it('a file where a folder should be, and the other way round, are absent', async () => {
  await rm(join(chapter, 'files'), { recursive: true });
  await writeFile(join(chapter, 'files'), '');
  await rm(join(chapter, 'en.yml'));
  await mkdir(join(chapter, 'en.yml'));
  const { folders, refused } = await readWorkshopFiles(workshop);
  expect(folders.get('01-first')).toMatchObject({ en: undefined, files: new Map() });
  expect(refused).toEqual([]);
});

it('files below files/ are known by their path', async () => {
  await mkdir(join(chapter, 'files', 'a', 'b'), { recursive: true });
  await writeFile(join(chapter, 'files', 'a', 'b', 'c'), 'deep');
  expect((await readWorkshopFiles(workshop)).folders.get('01-first')?.files.get('a/b/c')).toBe('deep');
});

it('a file that has more than it says is not read to its end', async () => {
  expect(await readRegularFile('/proc/self/status')).toMatchObject({ kind: 'refused' });
});

it('a device is not even opened', async () => {
  expect(await readRegularFile('/dev/zero')).toMatchObject({ kind: 'refused' });
});

it('what was exchanged after the workshop was checked is refused too', async () => {
  const path = join(chapter, 'files', 'etcd.conf');
  expect(await readWorkshopFile(path)).not.toBe('');
  await rm(path);
  await expect(readWorkshopFile(path)).rejects.toMatchObject({ code: 'workshop-invalid' });
  await symlink(join(top, 'shadow'), path);
  await expect(readWorkshopFile(path)).rejects.toMatchObject({ code: 'workshop-invalid', exit: 3 });
});
