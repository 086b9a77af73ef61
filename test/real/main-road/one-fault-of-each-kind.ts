// One fault of each kind is seen to have its effect, and healing to end it: between nodes, on a node's link, on a node, on
// what runs in it, on its disk. test/real/faults.test.ts has the others.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '../../../src/clock/wait-until.ts';
import { faultLab } from '../fault-lab.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { keptBeside, whileChaptersAreBuilt } from './kept-beside.ts';

export function oneFaultOfEachKind(): void {
  describe('one fault of each kind', () => {
    const lab = realLab('faults-road');
    const { status, nodeState, heal, attempt, postmaster, fromSeat, mounts, reaches, wellAgain } = faultLab(lab);
    const [replica, leader, etcd] = ['10.0.3.201', '10.0.3.141', '10.0.3.64'];

    beforeAll(async () => {
      await keptBeside('patroni');
      await lab.mustLab(['up', 'patroni']);
    }, whileChaptersAreBuilt);
    afterAll(() => removeLab(lab));

    test('partition: a node cut off from etcd and the leader, not from the seat; the others go on', async () => {
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

    test('losses: some packets come back, some do not', async () => {
      const ping = async (): Promise<number> => {
        // The first ones wait until the neighbour is known again, and are dropped when that takes longer.
        const known = `until ping -q -c 1 -W 1 ${etcd} >/dev/null; do :; done`;
        const { stdout } = await attempt('pg-patroni2', `${known}; ping -q -c 80 -i 0.01 -W 1 ${etcd}`);
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

    test('freeze: the node stands still, and nothing else can be injected there', async () => {
      await lab.mustLab(['fault', 'freeze', 'etcd3']);
      expect(await nodeState('etcd3')).toBe('frozen');
      const second = await lab.lab(['fault', 'slow', 'etcd3']);
      expect(second.exitStatus).toBe(1);
      expect(second.stderr).toContain('lab heal');
      await heal();
      expect(await nodeState('etcd3')).toBe('running');
    });

    test('kill-patroni: PostgreSQL stays alive, and systemd leaves Patroni dead', async () => {
      const before = await postmaster('pg-patroni2');
      await lab.mustLab(['fault', 'kill-patroni', 'pg-patroni2']);
      const unit = async () => (await attempt('pg-patroni2', 'systemctl is-active patroni')).stdout.trim();
      expect(await waitUntil(async () => (await unit()) === 'failed', { withinSeconds: 5 })).toBe(true);
      expect(await postmaster('pg-patroni2')).toBe(before);
      await heal();
      expect(await unit()).toBe('active');
      expect(await lab.inNode('pg-patroni2', 'systemctl show --property=Restart patroni')).toBe('Restart=on-failure\n');
      expect(await postmaster('pg-patroni2')).toBe(before);
    });

    test('disk-full: of that node alone, and nothing is left of it afterwards', async () => {
      const write = 'dd if=/dev/zero of=/var/tmp/more bs=64K count=64 conv=fsync';
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
      const files = await lab.inNode('pg-patroni2', 'cat /var/tmp/kept; ls /usr/share/bash-completion 2>&1 || true');
      expect(files).toMatch(/^kept\n.*No such file/);
      expect((await attempt('pg-patroni2', 'ls /var/lib/lab')).stdout).toBe('pool\n');
      await wellAgain();
    });
  });
}
