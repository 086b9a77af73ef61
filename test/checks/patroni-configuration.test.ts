import { describe, expect, it } from 'vitest';
import { changed, diagnose, workshopText } from './diagnosed.ts';
import { bookworm, chaptersFile, pg1, pg2, pg3, trixie } from './patroni-setting.ts';

describe('a right configuration has no findings', () => {
  it.each([pg1, pg2, pg3].flatMap((node) => [trixie, bookworm].map((edition) => ({ node, edition }))))(
    "the chapter's own file on $node.name, $edition.name",
    ({ node, edition }) => {
      expect(diagnose(chaptersFile(node, edition), node, edition)).toEqual([]);
    },
  );

  it.each<[string, string | RegExp, string]>([
    ['hosts as one text', /hosts:\n(.*\n){3}/, 'hosts: 10.0.3.64:2379, 10.0.3.78:2379,10.0.3.32:2379\n'],
    ['names instead of addresses', /hosts:\n(.*\n){3}/, 'hosts: etcd1:2379,etcd2:2379,etcd3:2379\n'],
    ['no port where it is the usual one', /hosts:\n(.*\n){3}/, 'hosts: [etcd1, etcd2, etcd3]\n'],
    ['the REST API by name', 'connect_address: 10.0.3.141:8008', 'connect_address: pg-1:8008'],
    ['the REST API on its own address', 'listen: 0.0.0.0:8008', 'listen: 10.0.3.141:8008'],
    ['listening everywhere', 'listen: 10.0.3.141,127.0.0.1:5434', 'listen: 0.0.0.0:5434'],
    ['listening everywhere, as a star', 'listen: 10.0.3.141,127.0.0.1:5434', 'listen: "*:5434"'],
    ['localhost by name, and first', 'listen: 10.0.3.141,127.0.0.1:5434', 'listen: localhost,10.0.3.141:5434'],
    ['the usual namespace', 'scope:', 'namespace: /service/\nscope:'],
    ['https for etcd', 'etcd3:', 'etcd3:\n  protocol: https\n  cacert: /etc/patroni/ca.pem'],
    [
      'tags, watchdog, log',
      'restapi:',
      'tags:\n  nofailover: false\n  mine: 1\nwatchdog:\n  mode: off\nlog:\n  level: INFO\nrestapi:',
    ],
    ['initdb as a mapping', /initdb:\n.*\n.*\n/, 'initdb:\n    encoding: UTF8\n'],
    ['without pgpass', / {2}pgpass: .*\n/, ''],
    ['a slash behind bin_dir', '/bin\n', '/bin/\n'],
    [
      'a replica method of its own',
      '  basebackup:',
      '  create_replica_methods: [pgbackrest, basebackup]\n  pgbackrest:\n    command: restore\n  basebackup:',
    ],
    [
      'a parameter of an extension',
      'wal_level: replica',
      'wal_level: replica\n        auto_explain.log_min_duration: 1s',
    ],
    ['the old name that Patroni translates', 'wal_keep_size: 128MB', 'wal_keep_segments: 8'],
    [
      'wide columns in pg_hba',
      'host all all 127.0.0.1/32 scram-sha-256',
      'host   all  all   127.0.0.1   255.255.255.255  scram-sha-256',
    ],
    ['samenet in pg_hba', 'repl 10.0.3.0/24', 'repl samenet'],
    [
      'a comment in pg_hba',
      'host all all 127.0.0.1/32 scram-sha-256',
      '"host all all 127.0.0.1/32 scram-sha-256 # here"',
    ],
  ])('%s', (_name, from, to) => {
    expect(diagnose(changed(from, to))).toEqual([]);
  });

  it('pg_hba in the dynamic configuration', () => {
    const good = chaptersFile(pg1, trixie);
    const list = / {2}pg_hba:\n(?: {4}- .*\n)+/.exec(good)?.[0] ?? '';
    const moved = good
      .replace(list, '')
      .replace('      use_slots: true\n', `      use_slots: true\n${list.replaceAll(/^/gm, '    ').trimEnd()}\n`);
    expect(moved).toContain('      pg_hba:\n        - local');
    expect(diagnose(moved)).toEqual([]);
  });

  it('without the socket, over TCP, without a map', () => {
    const text = changed('use_unix_socket: true', 'use_unix_socket: false').replace('peer map=workshop', 'peer');
    expect(diagnose(text)).toEqual([]);
  });
});

describe('the nearest right name is offered', () => {
  it.each<[string, string, string]>([
    ['max_replication_slots', 'max_relication_slots', '`max_replication_slots`'],
    ['checkpoint_timeout', 'checkpoint_timout', '`checkpoint_timeout`'],
    ['wal_keep_size: 128MB', 'wal_keep_segment: 8', '`wal_keep_size: 128MB`'],
    ['wal_keep_size: 128MB', 'wal_keep_segment: 20', '`wal_keep_size: 320MB`'],
    ['maximum_lag_on_failover', 'maximum_lag_on_failver', '`maximum_lag_on_failover`'],
    ['retry_timeout', 'retry_timout', '`retry_timeout`'],
    ['authentication', 'authentification', '`authentication`'],
  ])('%s for %s', (right, wrong, offered) => {
    const hints = diagnose(changed(right, wrong)).map(({ hint }) => hint.en);
    expect(hints.join('\n')).toContain(offered);
  });
});

describe("the workshop's text as it was written", () => {
  it.each([trixie, bookworm])('fails with every mistake named ($name)', (edition) => {
    const found = diagnose(workshopText, pg1, edition).map(({ id, text }) => `${id} | ${text}`);
    expect(found).toEqual([
      'restapi-connect-address-loopback | connect_address: 127.0.0.1:8008',
      'etcd-v2-section | etcd:',
      'etcd-hosts-incomplete | host: 10.0.3.64:2379',
      'parameter-unknown | wal_keep_segment: 8',
      'parameter-unknown | max_relication_slots: 5',
      'initdb-not-a-list | initdb: UTF8',
      'bootstrap-pg-hba | pg_hba:',
      'bootstrap-users | users:',
      'listen-without-localhost | listen: 10.0.3.141:5434',
      'data-dir-other | data_dir: /var/lib/postgresql/data',
      'bin-dir-other | bin_dir: /usr/lib/postgresql/12/bin',
      'rewind-account-missing | authentication:',
      "socket-directory | unix_socket_directories: '/tmp'",
    ]);
  });
});
