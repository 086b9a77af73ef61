import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { createWorkshopMemory } from '../../src/workshop/workshop-memory.ts';

const included = fileURLToPath(new URL('../../labs/patroni-etcd', import.meta.url));
/** With these nothing can be read: whoever comes back with a workshop has remembered it. */
const nothing = { actionKinds: new Map(), checkKinds: new Map() };

describe('a workshop that was read before', () => {
  let home: string;
  let directory: string;
  let program: string;
  const memory = () => createWorkshopMemory(join(home, 'workshops'), program);
  const read = (): Promise<Workshop> => loadWorkshop({ actionKinds, checkKinds }, directory, memory());
  const remembered = (): Promise<Workshop> => loadWorkshop(nothing, directory, memory());

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'workshop-memory-'));
    [directory, program] = [join(home, 'patroni-etcd'), join(home, 'program')];
    await cp(included, directory, { recursive: true });
    await writeFile(program, 'one build');
    await read();
  });
  afterEach(() => rm(home, { recursive: true }));

  it('is the same as if it had been read anew', async () => {
    expect(await remembered()).toStrictEqual(await loadWorkshop({ actionKinds, checkKinds }, directory));
  });

  it('is read anew when one of its files has changed, and only the last one is kept', async () => {
    await writeFile(join(directory, 'chapters', '01-etcd', 'files', 'new.txt'), 'new');
    await expect(remembered()).rejects.toThrow();
    await read();
    expect(await remembered()).toMatchObject({ name: 'patroni-etcd' });
    expect(await readdir(join(home, 'workshops'))).toHaveLength(1);
  });

  it('has passwords: only its owner reads it, also in a folder that was open', async () => {
    const folder = join(home, 'workshops');
    const modes = async () => {
      const [kept = ''] = await readdir(folder);
      return (await Promise.all([stat(folder), stat(join(folder, kept))])).map(({ mode }) => mode & 0o777);
    };
    expect(await modes()).toEqual([0o700, 0o600]);
    await chmod(folder, 0o755);
    await writeFile(program, 'another build');
    await read();
    expect(await modes()).toEqual([0o700, 0o600]);
  });

  it('is read anew by another build', async () => {
    await writeFile(program, 'another build');
    await expect(remembered()).rejects.toThrow();
  });

  it('is read anew when what was kept is damaged', async () => {
    const [kept = ''] = await readdir(join(home, 'workshops'));
    await truncate(join(home, 'workshops', kept), 100);
    expect(await read()).toMatchObject({ name: 'patroni-etcd' });
    expect(await remembered()).toMatchObject({ name: 'patroni-etcd' });
  });

  it('is not kept in a home that is not there, nor where there is no built program', async () => {
    const nowhere = join(home, 'nowhere');
    await loadWorkshop({ actionKinds, checkKinds }, directory, createWorkshopMemory(join(nowhere, 'w'), program));
    expect(await readdir(home)).not.toContain('nowhere');
    await mkdir(nowhere);
    const unbuilt = createWorkshopMemory(join(nowhere, 'w'), join(home, 'no-program'));
    await loadWorkshop({ actionKinds, checkKinds }, directory, unbuilt);
    expect(await readdir(nowhere)).toEqual([]);
  });
});
