// `lab up` restarts a leader that has to read its file again, and not while a replica is being copied from it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { realLab, removeLab } from './real-lab.ts';

const lab = realLab('while-copying', 'bookworm');
const pid = 'systemctl show --property MainPID --value patroni';

beforeAll(() => lab.mustLab(['up', 'chapter-2']));
afterAll(() => removeLab(lab));

async function roles(): Promise<Record<'leader' | 'replica', string>> {
  const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
  const nodes = ['pg-patroni1', 'pg-patroni2'] as const;
  const leader = patroni?.members.find(({ role }) => role === 'leader')?.node;
  return leader === nodes[1] ? { leader: nodes[1], replica: nodes[0] } : { leader: nodes[0], replica: nodes[1] };
}

// A copy from a leader that goes away fails, or leaves a replica that waits for WAL that it never asks for.
test('a leader that has to read its file again, while a replica is copied from it', async () => {
  const { leader, replica } = await roles();
  await lab.inNode(leader, 'echo "# read me again" >> /etc/patroni/config.yml');
  const before = await lab.inNode(leader, pid);
  const since = (await lab.inNode(replica, 'date +%s')).trim();
  // Slow enough to be seen; the file is put back with its old time, for this Patroni has read it.
  await lab.inNode(
    replica,
    `systemctl stop patroni; rm -rf /var/lib/postgresql/*/main; cd /etc/patroni; cp -p config.yml kept
    sed -i 's/^    - checkpoint: fast$/&\\n    - max-rate: 4M/' config.yml
    systemctl start patroni; timeout 60 sh -c "until pgrep pg_basebackup; do :; done"; mv kept config.yml`,
  );
  // Until Patroni's next look etcd has a member as it was before.
  const key = `/service/my-ha-cluster/members/${replica.replace('patroni', '')}`;
  await lab.inNode(
    'etcd1',
    `etcdctl get --print-value-only ${key} | sed 's/"state":"[^"]*"/"state":"stopped"/' |
    etcdctl put --ignore-lease ${key}`,
  );
  await lab.mustLab(['up', 'chapter-2']);
  expect(await lab.inNode(leader, pid)).not.toBe(before);
  const log = await lab.inNode(replica, `journalctl --unit patroni --output cat --since @${since}`);
  expect(log).toMatch(/replica has been created using basebackup/);
  expect(log).not.toMatch(/pg_basebackup exited/);
  await lab.passes('chapter-1');
  await lab.passes('chapter-2');
});
