// What goes wrong between a leader and its two replicas, made on a real cluster as it happens: verify must name the cause.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { catching } from './caught.ts';
import { realLab, removeLab } from './real-lab.ts';

const newcomer = 'pg-patroni3';
const configuration = '/etc/patroni/config.yml';
const patronictl = `patronictl -c ${configuration}`;
// The replica comes back to its slot at once, and may be faster: then once more.
const dropSlot = `until runuser -u postgres -- psql -XAt -U dba -p 5434 -d postgres -c "select pg_terminate_backend(active_pid, 2000), pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'pg_3'"; do :; done`;
const etcdAddresses = ['10.0.3.64', '10.0.3.78', '10.0.3.32'];

// test/real/wrong-states.test.ts has the other edition.
describe.each(['trixie'])('wrong states of replication on %s', (edition) => {
  const lab = realLab(`wrong-replica-${edition}`, edition);
  let leader = '';
  /** The other replica, beside the newcomer. */
  let other = '';

  beforeAll(() => lab.mustLab(['up', 'replica']));
  afterAll(() => removeLab(lab));
  beforeEach(async () => {
    const status = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    const members = status.patroni?.members ?? [];
    leader = members.find(({ role }) => role === 'leader')?.node ?? '';
    other = members.find(({ node, role }) => role !== 'leader' && node !== newcomer)?.node ?? '';
    expect([leader, other].sort()).toEqual(['pg-patroni1', 'pg-patroni2']);
  });
  // The way back is the product's own.
  afterEach(async () => {
    await lab.mustLab(['up', 'replica']);
    const { checks } = await lab.verify('replica');
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  const names = catching(lab, 'replica');

  function sql(node: string, statement: string): Promise<string> {
    return lab.inNode(
      node,
      `runuser -u postgres -- psql -XAt -v ON_ERROR_STOP=1 -U dba -p 5434 -d postgres -c "${statement}"`,
    );
  }

  test("another replication password in one member's file; a tag that keeps a member from leading", async () => {
    await lab.inNode(newcomer, `sed -i '/replication:/,/password:/ s/password: .*/password: secert/' ${configuration}`);
    await lab.inNode(newcomer, 'systemctl restart patroni');
    await lab.inNode(other, `printf 'tags:\\n  nofailover: true\\n' >> ${configuration}; systemctl reload patroni`);
    await names(
      ['replicas-stream', newcomer, /password of repl [\s\S]*config\.yml:\d+ `password: …`/],
      ['patroni-configured', newcomer, /config\.yml:\d+ `password: …`: this is not the password of repl/],
      ['may-lead', other, /config\.yml:\d+ `nofailover: true`: with this tag Patroni never promotes pg-\d/],
    );
  });

  test('a replica without its slot', async () => {
    if (edition === 'trixie') {
      // Patroni 4 makes a slot again that was dropped; Patroni 3.0 does not.
      await lab.inNode(leader, `${patronictl} edit-config --force -s postgresql.use_slots=false`);
      await names(['replica-slots', newcomer, /streams without a slot[\s\S]*use_slots/]);
      return;
    }
    await lab.inNode(leader, dropSlot);
    await names(
      ['replica-slots', newcomer, /no slot pg_3[\s\S]*dropped by hand/],
      ['replicas-stream', newcomer, /no slot pg_3[\s\S]*dropped by hand/],
    );
  });

  test('patronictl pause left on, and replicas that replay nothing: paused, and delayed', async () => {
    const section = 's/^postgresql:/&\\n  recovery_conf:\\n    recovery_min_apply_delay: 1h/';
    await lab.inNode(other, `sed -i '${section}' ${configuration} && systemctl restart patroni`);
    const delayed = /recovery_min_apply_delay is 1h [\s\S]*config\.yml:\d+ `recovery_min_apply_delay: 1h`/;
    await names(['replicas-stream', other, delayed]);
    await lab.inNode(leader, `${patronictl} pause --wait`);
    await names(['not-paused', null, /is paused[\s\S]*patronictl -c \S+ resume/]);
    // In a cluster that isn't paused, Patroni resumes the replay in its next loop.
    await sql(newcomer, 'select pg_wal_replay_pause()');
    await names(['replicas-stream', newcomer, /replay is paused on pg-patroni3[\s\S]*pg_wal_replay_resume/]);
  });

  test('a WAL receiver that hangs', async () => {
    const receiver = (signal: string): Promise<string> => lab.inNode(newcomer, `pkill -${signal} -f '[w]alreceiver'`);
    const timeout = (value: string): Promise<string> =>
      lab.inNode(leader, `${patronictl} edit-config --force -s postgresql.parameters.wal_sender_timeout=${value}`);
    await receiver('STOP');
    try {
      await sql(leader, "select pg_create_restore_point('hangs'); select pg_switch_wal()");
      await names(['replicas-stream', newcomer, /connected to the leader, and within 5 s did not come/]);
      // The leader gives the connection up by its own clock: pg_terminate_backend waits for room in the socket, for ever.
      await timeout('3s');
      const givenUp = /takes itself for connected to pg-patroni\d, which has given that connection up/;
      await names(['replicas-stream', newcomer, givenUp], ['replica-slots', newcomer, givenUp]);
    } finally {
      await receiver('CONT');
      await timeout('null');
    }
  });

  test('two members with one name', async () => {
    const taken = other.replace('pg-patroni', 'pg-');
    await lab.inNode(newcomer, `sed -i 's/^name: .*/name: ${taken}/' ${configuration}; systemctl restart patroni`);
    await names(
      ['patroni-configured', newcomer, /`name: pg-\d`: `pg-\d` is the member of pg-patroni\d: two members/],
      ['three-members', null, /`name: pg-\d`/],
    );
  });

  test('a replica cut off from etcd stays on the old timeline', async () => {
    const routes = (verb: string): string =>
      etcdAddresses.map((to) => `ip route ${verb} blackhole ${to}/32`).join(' && ');
    await lab.inNode(newcomer, routes('add'));
    try {
      await lab.inNode(leader, 'systemctl stop patroni');
      await names(['replicas-stream', newcomer, /stayed on timeline \d+, which ended[\s\S]*can't reach etcd/]);
    } finally {
      // Nobody's step does this: a person takes the routes back.
      await lab.inNode(newcomer, routes('del'));
    }
  });
});
