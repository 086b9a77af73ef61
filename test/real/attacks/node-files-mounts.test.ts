// What root of a node leaves where LXC mounts something at the next start. About 10 seconds.

import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFirstId } from '../../../src/provider/lxc/host/id-range.ts';
import { fromKeptEnd } from '../kept-end.ts';
import { realLab, removeLab } from '../real-lab.ts';

const lab = realLab('mount-targets');
/** A folder of another lab: the nodes' root may write there, if only it gets there. */
let foreign: string;

beforeAll(async () => {
  foreign = await mkdtemp(join(lab.home, 'foreign-'));
  const first = await readFirstId();
  await chown(foreign, first, first);
  await fromKeptEnd(lab, 'etcd');
});
afterAll(async () => {
  await removeLab(lab);
  await rm(foreign, { recursive: true });
});

test('a link on the way to a mount makes no folder anywhere: the node is not started, and reset brings it back', async () => {
  await lab.inNode('etcd1', `umount /var/lib/lab/pool; mv /var/lib/lab /opt/; ln -s ${foreign} /var/lib/lab`);
  await lab.mustLab(['down']);
  const result = await lab.lab(['up', 'etcd']);
  expect(await readdir(foreign)).toEqual([]);
  expect(result.exitStatus).toBe(1);
  expect(result.stderr).toContain('etcd1 is not started: lab mounts /var/lib/lab/pool there');
  await lab.mustLab(['reset', '--yes', 'etcd']);
});
