// Every classic mistake of chapters 1 and 2, made on a real cluster as a student would: verify must name the cause.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { waitUntil } from '../../src/model/wait-until.ts';
import { catching } from './caught.ts';
import { realLab, removeLab } from './real-lab.ts';

const pgNodes = ['pg-patroni1', 'pg-patroni2'] as const;
const etcdNodes = ['etcd1', 'etcd2', 'etcd3'];

// One edition here and the other one for replication's wrong states: each state costs a repair by `lab up`.
describe.each(['bookworm'])('wrong states on %s', (edition) => {
  const lab = realLab(`wrong-${edition}`, edition);
  const postgresql = edition === 'trixie' ? '17' : '15';

  beforeAll(() => lab.mustLab(['up', 'chapter-2']));
  afterAll(() => removeLab(lab));
  // The way back is the product's own: `lab up` repairs what a mistake left behind.
  afterEach(async () => {
    await lab.mustLab(['up', 'chapter-2']);
    await lab.passes('chapter-1');
    await lab.passes('chapter-2');
  });

  const caught = {
    etcd: catching(lab, 'chapter-1'),
    patroni: catching(lab, 'chapter-2'),
  };

  async function onAll(nodes: readonly string[], script: string): Promise<void> {
    await Promise.all(nodes.map((node) => lab.inNode(node, script)));
  }

  async function roles(): Promise<Record<'leader' | 'replica', string>> {
    const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    const [first, second] = pgNodes;
    return patroni?.leader === 'pg-2' ? { leader: second, replica: first } : { leader: first, replica: second };
  }

  /** The cluster is born again with Patroni files changed by a sed script, on pg-1 first and then on pg-2. */
  async function bootstrapWith(
    sed: string,
    options: { readonly nodes?: readonly string[]; readonly replica?: boolean } = {},
  ): Promise<void> {
    const nodes = options.nodes ?? pgNodes;
    await onAll(
      pgNodes,
      'systemctl stop patroni; systemctl reset-failed patroni || true; rm -rf /var/lib/postgresql/*/main',
    );
    await lab.inNode('etcd1', 'etcdctl del --prefix /service/');
    await onAll(nodes, `sed -i -E '${sed}' /etc/patroni/config.yml`);
    await lab.inNode('pg-patroni1', 'systemctl start patroni');
    if (options.replica) await lab.inNode('pg-patroni2', 'systemctl start patroni');
  }

  test('etcd with two members of three in initial-cluster', async () => {
    // All are stopped before one starts: a member of the old cluster that still runs would turn the new ones away.
    await onAll(etcdNodes, 'systemctl stop etcd');
    await onAll(
      etcdNodes,
      "rm -rf /var/lib/etcd/default; sed -i -E 's/,etcd3=[^ ]*$//' /etc/default/etcd; systemctl start --no-block etcd",
    );
    await caught.etcd(['etcd-runs', 'etcd3', /etcd3/]);
  });

  test("Patroni's etcd: section, the v2 protocol", async () => {
    await bootstrapWith('s/^etcd3:/etcd:/');
    await caught.patroni(
      ['patroni-configured', 'pg-patroni1', /config\.yml:\d+ `etcd:`[\s\S]*etcd3/],
      ['one-leader', null, /`etcd:`[\s\S]*version 2/],
    );
  });

  test('restapi.connect_address on 127.0.0.1', async () => {
    await bootstrapWith('s/^  connect_address: [0-9.]+:8008/  connect_address: 127.0.0.1:8008/', { replica: true });
    await caught.patroni(
      ['patroni-configured', 'pg-patroni2', /127\.0\.0\.1/],
      ['rest-addresses', 'pg-patroni2', /connect_address/],
    );
  });

  test('misspelt parameters, which Patroni drops without a word; a parameter one level too high', async () => {
    await bootstrapWith(
      `s/max_replication_slots/max_relication_slots/; s/wal_keep_size: 128MB/wal_keep_segment: 8/
      s/^        checkpoint_timeout: 30min/      checkpoint_timeout: 30min/`,
    );
    await caught.patroni(
      ['patroni-configured', 'pg-patroni1', /max_relication_slots[\s\S]*max_replication_slots/],
      ['patroni-configured', 'pg-patroni1', /checkpoint_timeout[\s\S]*parameters/],
      ['dynamic-configuration', null, /max_relication_slots|max_replication_slots/],
      ['dynamic-configuration', null, /wal_keep_segment|wal_keep_size/],
      ['dynamic-configuration', null, /checkpoint_timeout/],
    );
  });

  test('initdb: UTF8 instead of a list', async () => {
    await bootstrapWith('s/^  initdb:/  initdb: UTF8/; /^    - (encoding: UTF8|data-checksums)/d');
    await caught.patroni(['patroni-configured', 'pg-patroni1', /initdb/], ['one-leader', null, /initdb/]);
  });

  test('a wrong bin_dir', async () => {
    await bootstrapWith('s#bin_dir: .*#bin_dir: /usr/lib/postgresql/12/bin#');
    await caught.patroni(['patroni-configured', 'pg-patroni1', /bin_dir/], ['one-leader', null, /bin_dir/]);
  });

  // As it is when the leader is restarted while another member is rewound from it.
  test('a replica that was started while nobody led, and waits for WAL', async () => {
    const { leader, replica } = await roles();
    await lab.inNode(replica, 'systemctl stop patroni');
    await lab.inNode(leader, 'systemctl stop patroni');
    await lab.inNode(replica, `rm /var/lib/postgresql/${postgresql}/main/pg_wal/0*; systemctl start patroni`);
    const rejects = async (): Promise<boolean> => {
      const asked = await lab.lab(['exec', replica, '--', 'pg_isready', '-h', '/var/run/postgresql', '-p', '5434']);
      return asked.exitStatus === 1;
    };
    expect(await waitUntil(rejects, { withinSeconds: 60 })).toBe(true);
    await lab.inNode(leader, 'systemctl start patroni');
    await caught.patroni(['replica-streams', replica, /reinit my-ha-cluster pg-\d/]);
  });

  // A copy from a leader that goes away fails, or leaves a replica that waits for WAL that it never asks for.
  test('a leader that has to read its file again, while a replica is copied from it', async () => {
    const { leader, replica } = await roles();
    await lab.inNode(leader, 'echo "# read me again" >> /etc/patroni/config.yml');
    const pid = 'systemctl show --property MainPID --value patroni';
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
  });

  // A role is missing when Patroni is restarted between initdb and its roles.
  test("Debian's default cluster still there, on 5432; a role that was never made; swapped addresses in /etc/hosts", async () => {
    const { leader, replica } = await roles();
    const sql = 'drop owned by rewind; drop role rewind';
    await lab.inNode(leader, `runuser -u postgres -- psql -v ON_ERROR_STOP=1 -U dba -p 5434 -d postgres -c '${sql}'`);
    await lab.inNode(
      replica,
      `systemctl stop patroni; rm -rf /var/lib/postgresql/${postgresql}/main; pg_createcluster --start ${postgresql} main`,
    );
    await lab.inNode(
      'etcd1',
      "sed -i -E 's/^10\\.0\\.3\\.78 etcd2/10.0.3.32 etcd2/; t; s/^10\\.0\\.3\\.32 etcd3/10.0.3.78 etcd3/' /etc/hosts",
    );
    await caught.patroni(
      ['default-cluster-dropped', replica, /main|5432/],
      ['roles-exist', null, /there is no role rewind/],
    );
    await caught.etcd(['names-resolve', 'etcd1', /\/etc\/hosts:\d+/]);
    // A student writes that file back by hand: no step of the workshop does it.
    await lab.inNode(
      'etcd1',
      "sed -i -E 's/^10\\.0\\.3\\.32 etcd2/10.0.3.78 etcd2/; t; s/^10\\.0\\.3\\.78 etcd3/10.0.3.32 etcd3/' /etc/hosts",
    );
  });
});
