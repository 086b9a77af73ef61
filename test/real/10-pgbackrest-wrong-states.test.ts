// What goes wrong with backups, made on a real cluster as it happens: verify must name the cause. Each state is undone.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { catching } from './caught.ts';
import { realLab, removeLab } from './real-lab.ts';

const patronictl = 'patronictl -c /etc/patroni/config.yml';
const configuration = '/etc/pgbackrest.conf';
const push = 'pgbackrest --stanza=my-ha-cluster archive-push %p';

describe.each(['trixie', 'bookworm'])('wrong states of backups on %s', (edition) => {
  const lab = realLab(`wrong-backup-${edition}`, edition);
  let leader = '';
  let replica = '';

  beforeAll(() => lab.mustLab(['up', 'pgbackrest']));
  afterAll(() => removeLab(lab));
  beforeEach(async () => {
    const status = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    const members = status.patroni?.members ?? [];
    leader = members.find(({ role }) => role === 'leader')?.node ?? '';
    replica = members.find(({ role }) => role !== 'leader')?.node ?? '';
    expect([leader, replica]).not.toContain('');
  });

  const names = catching(lab, 'pgbackrest');
  const set = (parameter: string, value: string) =>
    lab.inNode(leader, `${patronictl} edit-config --force -s 'postgresql.${parameter}=${value}'`);
  // A segment that nothing was written to is not switched.
  const switchWal = () =>
    lab.inNode(
      leader,
      `runuser -u postgres -- psql -XAt -U dba -p 5434 -d postgres \
        -c "select pg_create_restore_point('written')" -c 'select pg_switch_wal()'`,
    );
  const whole = async () => {
    const { checks } = JSON.parse(
      (await lab.lab(['verify', 'pgbackrest', '--wait', '60s', '--format', 'json'])).stdout,
    ) as { readonly checks: readonly { readonly verdict: string }[] };
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  };

  if (edition === 'bookworm') {
    test('an archive_command of another stanza fails, and says since when', async () => {
      await set('parameters.archive_command', push.replace('my-ha-cluster', 'main'));
      await names(['archiving-on', leader, /--stanza=main .*wrong stanza, `main` instead of `my-ha-cluster`/]);
      await switchWal();
      await names(['wal-arrives', null, /archiving fails: nothing was archived since[\s\S]*wrong stanza, `main`/]);
      await set('parameters.archive_command', push);
      await lab.inNode(leader, 'until runuser -u postgres -- pgbackrest --stanza=my-ha-cluster check; do :; done');
      await whole();
    });

    test('archive_mode switched off, and nobody restarted', async () => {
      await set('parameters.archive_mode', 'off');
      await names(['archiving-on', replica, /archive_mode is still on: the change waits for a restart of pg-\d/]);
      await lab.inNode(leader, `${patronictl} restart my-ha-cluster --role replica --pending --force`);
      await names(['archiving-on', replica, /archive_mode is off: the dynamic configuration lacks/]);
      await set('parameters.archive_mode', 'on');
      await lab.mustLab(['up', 'pgbackrest']);
      await whole();
    });
    return;
  }

  test('an archive_command that always succeeds and keeps nothing', async () => {
    await set('parameters.archive_command', '/bin/true');
    await names([
      'archiving-on',
      leader,
      /`\/bin\/true`: it always succeeds and keeps nothing \(`postgresql\.parameters/,
    ]);
    await switchWal();
    await names(['wal-arrives', null, /was not kept[\s\S]*`\/bin\/true`/]);
    await set('parameters.archive_command', push);
    await lab.inNode(leader, 'until runuser -u postgres -- pgbackrest --stanza=my-ha-cluster check; do :; done');
    await whole();
  });

  test('another stanza in the file of one member, which no longer removes old backups either', async () => {
    await lab.inNode(replica, `sed -i 's/^\\[my-ha-cluster\\]/[main]/' ${configuration}`);
    await lab.inNode(leader, `sed -i '/^start-fast/a expire-auto=n' ${configuration}`);
    await names(
      ['pgbackrest-configured', replica, /line 8 of \/etc\/pgbackrest\.conf says `\[main\]`: the wrong stanza/],
      ['pgbackrest-configured', leader, /line 7 of .*`expire-auto=n`: nothing is removed/],
    );
    await lab.inNode(leader, 'runuser -u postgres -- pgbackrest --stanza=my-ha-cluster --type=full backup');
    await names([
      'retention-applied',
      null,
      /older than the retention allows: \d{8}-\d{6}F\nline 7 of .*`expire-auto=n`/,
    ]);
    await lab.mustLab(['up', 'pgbackrest']);
    await whole();
  });

  test('a repository that postgres may not write to', async () => {
    await lab.inNode(leader, 'chown root:root /var/lib/pgbackrest');
    await names(['repository-writable', replica, /not writable: \/var\/lib\/pgbackrest on .* is root:root, mode 750/]);
    await switchWal();
    await names(
      ['wal-arrives', null, /archiving fails[\s\S]*not writable[\s\S]*pgBackRest says: ERROR: \[\d+\]/],
      ['full-backup-kept', null, /the repository is not writable/],
    );
    await lab.mustLab(['up', 'pgbackrest']);
    await whole();
  });

  test('create_replica_methods without pgbackrest, in etcd and in one file', async () => {
    await set('create_replica_methods', '[basebackup]');
    await names(['replica-methods', null, /`create_replica_methods: \[basebackup\]` is without pgbackrest/]);
    await set('create_replica_methods', '[pgbackrest, basebackup]');
    await lab.inNode(
      replica,
      `sed -i 's/^postgresql:/&\\n  create_replica_methods: [basebackup]/' /etc/patroni/config.yml`,
    );
    await names([
      'replica-methods',
      null,
      /line \d+ of .*config\.yml on pg-patroni\d counts more than etcd: `create_replica/,
    ]);
    await lab.inNode(replica, `sed -i '/create_replica_methods/d' /etc/patroni/config.yml`);
    await whole();
  });

  const info = "runuser -u postgres -- pgbackrest info --output=json | jq -r '.[].backup[].label'";

  test('a checkpoint brings the repository back with the nodes, at the same instant', async () => {
    const labels = await lab.inNode('pg-patroni1', info);
    await lab.mustLab(['save', 'with-backups']);
    // WAL may be pushed into it meanwhile: then once more.
    const repository = '/var/lib/pgbackrest/backup /var/lib/pgbackrest/archive';
    await lab.inNode('pg-patroni1', `until rm -rf ${repository}; do :; done; touch /var/lib/pgbackrest/later`);
    await lab.mustLab(['restore', 'with-backups', '--yes']);
    expect(await lab.inNode('pg-patroni2', info)).toBe(labels);
    expect(await lab.inNode('pg-patroni2', 'ls /var/lib/pgbackrest')).toBe('archive\nbackup\n');
    const verified = await lab.lab(['verify', 'pgbackrest', '--wait', '60s']);
    expect(verified.exitStatus, verified.stdout).toBe(0);
  });

  test('the end of the chapter before has an empty repository', async () => {
    await lab.mustLab(['reset', 'pgbackrest', '--yes']);
    expect(await lab.inNode('pg-patroni1', 'ls /var/lib/pgbackrest; findmnt -no TARGET /var/lib/pgbackrest')).toBe(
      '/var/lib/pgbackrest\n',
    );
  });
});
