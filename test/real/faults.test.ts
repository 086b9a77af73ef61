// Every fault is seen to have its effect, and healing to end it, on a real lab.

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '../../src/model/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { atMoment, faultLab } from './fault-lab.ts';
import { realLab, removeLab } from './real-lab.ts';

const lab = realLab('faults');
const { folder, status, nodeState, heal, attempt, postmaster, fromSeat, mounts, journalEndsWith } = faultLab(lab);

const [replica, leader, etcd] = ['10.0.3.201', '10.0.3.141', '10.0.3.64'];
const reaches = (address: string, port: number) => `timeout 1 bash -c '</dev/tcp/${address}/${String(port)}'`;
const wellAgain = async () => {
  expect((await status()).faults).toEqual([]);
  expect(JSON.parse((await lab.lab(['verify', '--wait', '60s', '--format', 'json'])).stdout)).toMatchObject({
    passed: true,
  });
};

beforeAll(() => lab.mustLab(['up', 'chapter-2']));
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
  test('a node cut off from the rest: from etcd and the leader, not from the seat; the others go on', async () => {
    await lab.mustLab(['fault', 'partition', 'pg-patroni2']);
    const [toLeader, toEtcd, fromLeader] = await Promise.all([
      attempt('pg-patroni2', reaches(leader, 5434)),
      attempt('pg-patroni2', reaches(etcd, 2379)),
      attempt('pg-patroni1', reaches(replica, 8008)),
    ]);
    // 124: nothing came back within the second; a refusal would be an answer.
    expect([toLeader, toEtcd, fromLeader].map((result) => result.exitStatus)).toEqual([124, 124, 124]);
    expect((await attempt('pg-patroni1', reaches(etcd, 2379))).exitStatus).toBe(0);
    expect((await fromSeat(['curl', '-s', '--max-time', '5', `http://${replica}:8008/liveness`])).exitStatus).toBe(0);
    expect((await status()).faults).toEqual([{ fault: 'partition', nodes: ['pg-patroni2'] }]);
    expect((await lab.mustLab(['fault', 'partition', 'p2'])).stdout).toContain('already');
    await heal();
    expect((await attempt('pg-patroni2', reaches(leader, 5434))).exitStatus).toBe(0);
  });

  test('two nodes cut off from each other reach everybody else', async () => {
    await lab.mustLab(['fault', 'partition', 'pg-patroni2', 'pg-patroni1']);
    expect((await attempt('pg-patroni2', reaches(leader, 5434))).exitStatus).toBe(124);
    expect((await attempt('pg-patroni2', reaches(etcd, 2379))).exitStatus).toBe(0);
    expect((await attempt('pg-patroni1', reaches(etcd, 2379))).exitStatus).toBe(0);
    await heal();
    expect((await attempt('pg-patroni2', reaches(leader, 5434))).exitStatus).toBe(0);
  });

  test('losses: some packets come back, some do not', async () => {
    const ping = async (): Promise<number> => {
      const { stdout } = await attempt('pg-patroni2', `ping -q -c 80 -i 0.01 -W 1 ${etcd}`);
      return Number(/ (\d+) received/.exec(stdout)?.[1]);
    };
    expect(await ping()).toBe(80);
    await lab.mustLab(['fault', 'loss', 'pg-patroni2', '--percent', '30']);
    const received = await ping();
    expect(received).toBeGreaterThan(0);
    expect(received).toBeLessThan(70);
    await heal();
    expect(await ping()).toBe(80);
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

  test('delay: where the kernel has no netem it says so and exits 4; where it has, answers come later', async () => {
    const result = await lab.lab(['fault', 'delay', 'pg-patroni2', '--ms', '150']);
    if (result.exitStatus === 0) {
      const { stdout } = await attempt('pg-patroni2', `ping -q -c 3 -i 0.2 ${etcd}`);
      expect(Number(/= [\d.]+\/([\d.]+)\//.exec(stdout)?.[1])).toBeGreaterThan(140);
      await heal();
      return;
    }
    expect(result.exitStatus).toBe(4);
    expect(result.stderr).toContain('no netem');
    expect((await status()).faults).toEqual([]);
  });
});

describe('what runs in a node', () => {
  test('kill-postgres: Patroni starts another one', async () => {
    const before = await postmaster('pg-patroni2');
    await lab.mustLab(['fault', 'kill-postgres', 'pg-patroni2']);
    await heal();
    expect(await postmaster('pg-patroni2')).not.toBe(before);
  });

  test('kill-patroni: PostgreSQL stays alive, and systemd leaves Patroni dead', async () => {
    const before = await postmaster('pg-patroni2');
    await lab.mustLab(['fault', 'kill-patroni', 'pg-patroni2']);
    const failed = async () => (await attempt('pg-patroni2', 'systemctl is-active patroni')).stdout.trim() === 'failed';
    expect(await waitUntil(failed, { withinSeconds: 5 })).toBe(true);
    expect(await postmaster('pg-patroni2')).toBe(before);
    await heal();
    expect((await attempt('pg-patroni2', 'systemctl is-active patroni')).stdout.trim()).toBe('active');
    expect(await lab.inNode('pg-patroni2', 'systemctl show --property=Restart patroni')).toBe('Restart=on-failure\n');
    expect(await postmaster('pg-patroni2')).toBe(before);
  });

  test('freeze: the node stands still, and nothing else can be injected there', async () => {
    await lab.mustLab(['fault', 'freeze', 'etcd3']);
    expect(await nodeState('etcd3')).toBe('frozen');
    const second = await lab.lab(['fault', 'slow', 'etcd3']);
    expect(second.exitStatus).toBe(1);
    expect(second.stderr).toContain('lab heal');
    await heal();
    expect(await nodeState('etcd3')).toBe('running');
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
  const write = 'dd if=/dev/zero of=/var/tmp/more bs=64K count=64 conv=fsync';

  test('of that node alone, and nothing is left of it afterwards', async () => {
    await lab.inNode('pg-patroni2', 'echo kept > /var/tmp/kept; rm -r /usr/share/bash-completion');
    await lab.mustLab(['fault', 'disk-full', 'pg-patroni2']);
    const refused = await attempt('pg-patroni2', write);
    expect(refused.exitStatus).toBe(1);
    expect(refused.stderr).toContain('No space left on device');
    expect((await attempt('pg-patroni1', write)).exitStatus).toBe(0);
    expect(await mounts()).toHaveLength(1);
    await heal();
    expect((await attempt('pg-patroni2', write)).exitStatus).toBe(0);
    expect(await mounts()).toEqual([]);
    expect(await lab.inNode('pg-patroni2', 'cat /var/tmp/kept; ls /usr/share/bash-completion 2>&1 || true')).toMatch(
      /^kept\n.*No such file/,
    );
    expect((await attempt('pg-patroni2', 'ls /var/lib/lab')).stdout).toBe('pool\n');
    await wellAgain();
  });

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
  expect((await lab.mustLab(['fault', 'stop-patroni'])).stdout).toContain('pg-patroni1, the leader');
  const promoted = async () => (await status()).patroni.leader === 'pg-2';
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
