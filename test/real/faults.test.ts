// Faults are seen to have their effect, and healing to end it, on a real lab. The main road has one of each kind:
// test/real/main-road/one-fault-of-each-kind.ts.

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { atMoment, faultLab } from './fault-lab.ts';
import { fromKeptEnd } from './kept-end.ts';
import { realLab, removeLab } from './real-lab.ts';

const lab = realLab('faults');
const { folder, status, nodeState, heal, attempt, postmaster, mounts, reaches, wellAgain, journalEndsWith } =
  faultLab(lab);

const [leader, etcd] = ['10.0.3.141', '10.0.3.64'];

beforeAll(() => fromKeptEnd(lab, 'patroni'));
afterAll(() => removeLab(lab));

describe('words', () => {
  test('without a name the faults are explained', async () => {
    const list = await lab.mustLab(['fault']);
    for (const name of ['stop-patroni', 'partition', 'disk-full']) expect(list.stdout).toContain(name);
    expect((await lab.mustLab(['fault', '--help', '--lang', 'fr'])).stdout).toContain('Pannes :');
  });

  test.each([
    [['fault', 'partitoin'], 'fault-unknown', 'Did you mean partition?'],
    [['fault', 'stop-patroni', 'etcd1'], 'fault-misses-node', 'pg-patroni1'],
    [['fault', 'freeze', 'etdc1'], 'node-unknown', 'Did you mean etcd1?'],
    [['fault', 'freeze', 'etcd1', 'etcd2'], 'fault-nodes', 'once for each node'],
    [['fault', 'partition', 'p1', 'pg-1'], 'fault-nodes', 'itself'],
    [['fault', 'loss', '--rate', '1mbit'], 'option-invalid', 'slow'],
  ])('lab %j is a usage error, and nothing is injected', async (args, code, said) => {
    const result = await lab.lab(args);
    expect(result.exitStatus).toBe(2);
    expect(result.stderr).toContain(code);
    expect(result.stderr).toContain(said);
  });

  test('a node that is not there, and nothing to heal', async () => {
    const absent = await lab.lab(['fault', 'freeze', 'pg-patroni3']);
    expect(absent.exitStatus).toBe(1);
    expect(absent.stderr).toContain('not in this lab yet');
    // Nor did any of the wrong words leave anything.
    expect((await heal()).stdout).toContain('nothing to heal');
  });
});

describe('the network', () => {
  test('two nodes cut off from each other reach everybody else', async () => {
    await lab.mustLab(['fault', 'partition', 'pg-patroni2', 'pg-patroni1']);
    expect((await attempt('pg-patroni2', reaches(leader, 5434))).exitStatus).toBe(124);
    expect((await attempt('pg-patroni2', reaches(etcd, 2379))).exitStatus).toBe(0);
    expect((await attempt('pg-patroni1', reaches(etcd, 2379))).exitStatus).toBe(0);
    await heal();
    expect((await attempt('pg-patroni2', reaches(leader, 5434))).exitStatus).toBe(0);
  });

  test('a narrow link: what is sent to the node and what it sends take their time', async () => {
    const seconds = async (curl: string): Promise<number> =>
      Number(
        (await attempt('pg-patroni2', `head -c 150000 /dev/zero | ${curl} -s -o /dev/null -w '%{time_total}'`)).stdout,
      );
    const down = () => seconds(`curl http://${etcd}:2379/metrics`);
    const up = () => seconds(`curl --data-binary @- -H 'Expect:' http://${etcd}:2379/v3/kv/range`);
    expect(await down()).toBeLessThan(0.5);
    expect(await up()).toBeLessThan(0.5);
    await lab.mustLab(['fault', 'slow', 'pg-patroni2', '--rate', '400kbit']);
    const size = Number(
      (await attempt('pg-patroni1', `curl -s -o /dev/null -w '%{size_download}' http://${etcd}:2379/metrics`)).stdout,
    );
    // 50 kB a second, after what may go at once.
    expect(await down()).toBeGreaterThan((size - 40_000) / 50_000 / 2);
    expect(size).toBeGreaterThan(60_000);
    expect(await up()).toBeGreaterThan(1);
    await heal();
    expect(await down()).toBeLessThan(0.5);
    expect(await up()).toBeLessThan(0.5);
  });

  test('delay: answers come later; where the kernel has no netem, lab says so and exits 4', async () => {
    const hasNetem = await kernelHasNetem();
    const result = await lab.lab(['fault', 'delay', 'pg-patroni2', '--ms', '150']);
    if (!hasNetem) {
      expect(result.exitStatus).toBe(4);
      expect(result.stderr).toContain('no netem');
      expect((await status()).faults).toEqual([]);
      return;
    }
    expect(result.exitStatus, result.stderr).toBe(0);
    const { stdout } = await attempt('pg-patroni2', `ping -q -c 3 -i 0.2 ${etcd}`);
    expect(Number(/= [\d.]+\/([\d.]+)\//.exec(stdout)?.[1])).toBeGreaterThan(140);
    await heal();
  });
});

describe('what runs in a node', () => {
  test('kill-postgres: Patroni starts another one', async () => {
    const before = await postmaster('pg-patroni2');
    await lab.mustLab(['fault', 'kill-postgres', 'pg-patroni2']);
    await heal();
    expect(await postmaster('pg-patroni2')).not.toBe(before);
  });

  test('kill-node: off at once; healing brings it back with what it runs', async () => {
    await lab.mustLab(['fault', 'kill-node', 'pg-patroni2']);
    expect(await nodeState('pg-patroni2')).toBe('stopped');
    await heal();
    const { patroni, nodes } = await status();
    expect(nodes.every((node) => node.state === 'running')).toBe(true);
    expect(patroni.members.find(({ name }) => name === 'pg-2')?.state).toMatch(/^(running|streaming)$/);
    await wellAgain();
  });
});

describe('a full disk', () => {
  test.each<[string, readonly string[], () => boolean]>([
    ['the node is being stopped', ['fault', 'disk-full', 'etcd3'], () => journalEndsWith('fault-started')],
    [
      'its files are being copied',
      ['fault', 'disk-full', 'etcd3'],
      () => existsSync(folder('disks', 'etcd3.draft', 'upper')),
    ],
    ['it has its own disk', ['fault', 'disk-full', 'etcd3'], () => existsSync(folder('disks', 'etcd3.img'))],
    ['its files are being copied back', ['heal'], () => existsSync(folder('nodes', 'etcd3', 'overlay-back-draft'))],
    ['they have come back', ['heal'], () => existsSync(folder('nodes', 'etcd3', 'overlay-back'))],
  ])('SIGKILL while %s: the next lab heal repairs', async (_, args, moment) => {
    if (args[0] === 'heal') await lab.mustLab(['fault', 'disk-full', 'etcd3']);
    const kill = new AbortController();
    const running = lab.lab(args, { signal: kill.signal, killAtOnce: true });
    const reached = await atMoment(moment, running);
    kill.abort();
    await running;
    expect(reached).toBe(true);
    expect((await status()).faults).toEqual([{ fault: 'disk-full', nodes: ['etcd3'] }]);
    await heal();
    expect(await mounts()).toEqual([]);
    expect(existsSync(folder('disks', 'etcd3.img'))).toBe(false);
    expect(await status()).toMatchObject({ faults: [], etcd: { healthy: 3 } });
  });
});

test('stop-patroni without a node hits the leader and says so; a replica is promoted, and the old leader comes back', async () => {
  const before = (await status()).patroni.leader;
  const node = before === 'pg-1' ? 'pg-patroni1' : 'pg-patroni2';
  expect((await lab.mustLab(['fault', 'stop-patroni'])).stdout).toContain(`${node}, the leader`);
  const promoted = async () => ![before, null].includes((await status()).patroni.leader);
  expect(await waitUntil(promoted, { withinSeconds: 15 })).toBe(true);
  await heal();
  const members = (await status()).patroni.members.map(({ name, state }) => [
    name,
    /^(running|streaming)$/.test(state),
  ]);
  expect(members).toEqual([
    ['pg-1', true],
    ['pg-2', true],
  ]);
  await wellAgain();
});

test('down and destroy leave no mount of an injected disk behind', async () => {
  await lab.mustLab(['fault', 'disk-full', 'etcd3']);
  expect(await mounts()).toHaveLength(1);
  await lab.mustLab(['down']);
  expect(await mounts()).toEqual([]);
  await lab.mustLab(['destroy', '--yes']);
  expect(existsSync(folder())).toBe(false);
  expect((await runProgram(['losetup', '--all'])).stdout).not.toContain(folder());
});

/** Looked at without lab: by the kernel itself, in a network namespace that is gone with the program in it. */
async function kernelHasNetem(): Promise<boolean> {
  const tried = await runProgram([
    'unshare',
    '--net',
    'tc',
    'qdisc',
    'add',
    'dev',
    'lo',
    'root',
    'netem',
    'delay',
    '1ms',
  ]);
  if (tried.exitStatus === 0) return true;
  expect(tried.stderr, 'it is netem that is missing, and not tc or a right').toMatch(/qdisc kind is unknown/);
  return false;
}
