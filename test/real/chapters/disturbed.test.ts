// A lab of chapter 2 and what happens to it: what is done here is lab's own, the same on every edition.

import { afterAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { labName } from '../../../src/model/ids.ts';
import { type LabStatus } from '../../../src/model/lab-status.ts';
import { runProgram } from '../../../src/process/run-program.ts';
import { namespaceName } from '../../../src/provider/lxc/network.ts';
import { fromKeptEnd } from '../kept-end.ts';
import { deleteByHand, realLab, removeLab, testHome } from '../real-lab.ts';
import { runEvents, whatChanged } from '../run-events.ts';

describe('a lab on trixie and what happens to it', () => {
  const lab = realLab('disturbed', 'trixie');
  const status = async (): Promise<LabStatus> =>
    JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
  // After down and up it is Patroni's to say: members that start together stand for election together.
  const replica = async (): Promise<string> =>
    (await status()).patroni?.leader === 'pg-1' ? 'pg-patroni2' : 'pg-patroni1';
  afterAll(() => removeLab(lab));

  test('at the end of chapter 1: three etcd members', async () => {
    await fromKeptEnd(lab, 'etcd');
    const verified = await lab.verify();
    expect(verified).toMatchObject({ passed: true, counts: { fail: 0, unknown: 0 } });
    expect((await lab.inNode('etcd2', 'etcdctl get --print-value-only /workshop/hello')).trim()).toBe('from etcd1');
  });

  test('up chapter-2, built on it: a leader and a replica', async () => {
    await lab.mustLab(['up', 'patroni']);
    await lab.passes();
    const { etcd, patroni } = await status();
    expect(etcd?.healthy).toBe(3);
    expect(patroni?.leader).toBe('pg-1');
    expect(patroni?.members.map((member) => member.name).sort()).toEqual(['pg-1', 'pg-2']);
    const rows = "runuser -u postgres -- psql -XAtq -U dba -p 5434 -d postgres -c 'select count(*) from workshop_rows'";
    expect((await lab.inNode('pg-patroni2', rows)).trim()).toBe('100');
  });

  test('a second up changes nothing, and runs nothing in the nodes', async () => {
    const { stdout } = await lab.mustLab(['up', 'chapter-2', '--format', 'json']);
    const { looked, changed } = whatChanged(stdout);
    expect(looked).toBeGreaterThan(5);
    expect(changed).toEqual([]);
    expect(runEvents(stdout).filter(({ kind }) => kind === 'command-ran')).toEqual([]);
  });

  test('no node has a way out, and the host has no route in', async () => {
    expect((await lab.inNode('etcd1', 'ip route show default')).trim()).toBe('');
    const route = await runProgram(['ip', '-json', 'route', 'show', '10.0.3.0/24']);
    expect(route.stdout.trim()).toMatch(/^(\[\s*\])?$/);
  });

  test('down stops everything in order; up brings the same cluster back, with nothing done again', async () => {
    await lab.mustLab(['down']);
    expect((await status()).nodes.every((node) => node.state === 'stopped')).toBe(true);
    const { changed } = whatChanged((await lab.mustLab(['up', '--format', 'json'])).stdout);
    expect(changed.filter(({ item }) => item?.startsWith('step'))).toEqual([]);
    await lab.passes();
  });

  test('after a reboot of the host, nodes and namespace gone, up brings the lab back', async () => {
    const { nodes } = await status();
    const lxcPath = join(testHome(), 'labs', lab.name, 'nodes');
    await Promise.all(nodes.map((node) => runProgram(['lxc-stop', '-k', '-P', lxcPath, '-n', node.name])));
    await runProgram(['ip', 'netns', 'delete', namespaceName(testHome(), labName(lab.name))]);
    await lab.mustLab(['up']);
    await lab.passes();
  });

  test('a node deleted by hand is made again and joins: a Patroni replica', async () => {
    await deleteByHand(lab, await replica());
    await lab.mustLab(['up', 'chapter-2']);
    await lab.passes();
  });

  test('a node deleted by hand is made again and joins: an etcd member', async () => {
    await deleteByHand(lab, 'etcd2');
    await lab.mustLab(['up', 'chapter-2']);
    await lab.passes('chapter-2');
    // What only that node's journal told of is gone with it; a lesson of an earlier chapter is not repeated for it.
    const { checks } = await lab.verify('chapter-1');
    expect(checks.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual(['quorum-was-lost']);
  });
});
