import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeName } from '../../../src/model/ids.ts';
import { createFirstProcesses } from '../../../src/provider/lxc/first-processes.ts';

const etcd1 = nodeName('etcd1');
const first = { pid: 4711, startTime: '123456' };

describe('first processes', () => {
  let lab: string;
  beforeEach(async () => {
    lab = await mkdtemp(join(tmpdir(), 'first-processes-'));
  });
  afterEach(() => rm(lab, { recursive: true }));

  test('are remembered from one run of lab to the next, the newest of each node', async () => {
    const folder = join(lab, 'first-processes');
    expect(await createFirstProcesses(folder).of(etcd1)).toBeNull();
    await createFirstProcesses(folder).keep(etcd1, { pid: 1, startTime: '1' });
    await createFirstProcesses(folder).keep(etcd1, first);
    expect(await createFirstProcesses(folder).of(etcd1)).toEqual(first);
    expect(await createFirstProcesses(folder).of(nodeName('etcd2'))).toBeNull();
    expect(await readdir(folder)).toEqual(['etcd1']);
  });

  test.each([
    ['of an earlier boot of the host', (text: string) => text.replace(/\S+\n$/, '00000000-0000\n')],
    ['cut off', (text: string) => text.slice(0, 9)],
    ['empty', () => ''],
  ])('are not taken from a file that is %s', async (_what, change) => {
    const folder = join(lab, 'first-processes');
    await createFirstProcesses(folder).keep(etcd1, first);
    const file = join(folder, 'etcd1');
    await writeFile(file, change(await readFile(file, 'utf8')));
    expect(await createFirstProcesses(folder).of(etcd1)).toBeNull();
  });

  test('do not bring the folder of a destroyed lab back; this run has them all the same', async () => {
    const processes = createFirstProcesses(join(lab, 'gone', 'first-processes'));
    await processes.keep(etcd1, first);
    expect(await processes.of(etcd1)).toEqual(first);
    expect(await readdir(lab)).toEqual([]);
  });
});
