import { describe, expect, it } from 'vitest';
import { changed, diagnose, workshopText } from './diagnosed.ts';

describe('a mistake is named at its line', () => {
  it.each<[id: string, from: string | RegExp, to: string, line: string]>([
    ['scope-other', 'scope: my-ha-cluster', 'scope: 17-main', 'scope: 17-main'],
    ['scope-missing', 'scope: my-ha-cluster\n', '', 'name: pg-1'],
    ['name-other', 'name: pg-1', 'name: pg-2', 'name: pg-2'],
    ['namespace-other', 'scope:', 'namespace: "/postgresql-common/"\nscope:', 'namespace: "/postgresql-common/"'],
    ['restapi-connect-address-loopback', '10.0.3.141:8008', '127.0.0.1:8008', 'connect_address: 127.0.0.1:8008'],
    ['restapi-connect-address-loopback', '10.0.3.141:8008', 'localhost:8008', 'connect_address: localhost:8008'],
    ['restapi-connect-address-wildcard', '10.0.3.141:8008', '0.0.0.0:8008', 'connect_address: 0.0.0.0:8008'],
    ['restapi-connect-address-foreign', '10.0.3.141:8008', '10.0.3.201:8008', 'connect_address: 10.0.3.201:8008'],
    ['restapi-connect-address-unknown', '10.0.3.141:8008', '10.0.3.85:8008', 'connect_address: 10.0.3.85:8008'],
    ['restapi-connect-address-missing', / {2}connect_address: 10.0.3.141:8008\n/, '', 'restapi:'],
    ['restapi-port', '10.0.3.141:8008', '10.0.3.141:8010', 'connect_address: 10.0.3.141:8010'],
    ['restapi-port', '0.0.0.0:8008', '0.0.0.0:8010', 'listen: 0.0.0.0:8010'],
    ['restapi-listen-not-reachable', '0.0.0.0:8008', '127.0.0.1:8008', 'listen: 127.0.0.1:8008'],
    ['etcd-v2-section', 'etcd3:', 'etcd:', 'etcd:'],
    ['other-store', 'etcd3:', 'zookeeper:', 'zookeeper:'],
    ['store-missing', /etcd3:\n(.*\n){4}/, '', 'scope: my-ha-cluster'],
    ['etcd-hosts-incomplete', / {4}- 10.0.3.32:2379\n/, '', 'hosts:'],
    ['etcd-hosts-incomplete', /hosts:\n(.*\n){3}/, 'host: 10.0.3.64:2379\n', 'host: 10.0.3.64:2379'],
    ['etcd-host-unknown', '10.0.3.32:2379', '10.0.3.68:2379', '- 10.0.3.68:2379'],
    ['etcd-host-port', '10.0.3.32:2379', '10.0.3.32:2380', '- 10.0.3.32:2380'],
    ['loop-timing', 'ttl: 30', 'ttl: 20', 'ttl: 20'],
    ['initdb-not-a-list', /initdb:\n.*\n.*\n/, 'initdb: UTF8\n', 'initdb: UTF8'],
    ['initdb-option', '- encoding: UTF8', '- encoding UTF8', '- encoding UTF8'],
    ['bootstrap-users', '  initdb:', '  users:\n    dba:\n      password: secret\n  initdb:', 'users:'],
    ['parameter-unknown', 'wal_keep_size: 128MB', 'wal_keep_segment: 8', 'wal_keep_segment: 8'],
    ['parameter-unknown', 'max_replication_slots', 'max_relication_slots', 'max_relication_slots: 5'],
    ['parameter-without-unit', '30min', '30', 'checkpoint_timeout: 30'],
    [
      'parameter-too-high',
      '      use_slots: true',
      '      use_slots: true\n      max_connections: 55',
      'max_connections: 55',
    ],
    ['parameter-too-high', '    ttl: 30', '    ttl: 30\n    wal_level: replica', 'wal_level: replica'],
    [
      'parameter-too-high',
      '  use_unix_socket: true',
      '  use_unix_socket: true\n  log_min_duration_statement: 1s',
      'log_min_duration_statement: 1s',
    ],
    [
      'parameter-only-dynamic',
      '    password_encryption',
      '    max_connections: 55\n    password_encryption',
      'max_connections: 55',
    ],
    ['parameter-of-patroni', '    password_encryption', '    port: 5434\n    password_encryption', 'port: 5434'],
    ['parameters-not-a-mapping', /(parameters:\n)( {8}.*\n)+/, '$1        - wal_level: replica\n', 'parameters:'],
    ['key-elsewhere', '    ttl: 30\n', '', 'ttl: 30'],
    ['key-elsewhere', '\npostgresql:\n', '\n  listen: 1\npostgresql:\n', 'listen: 1'],
    ['key-misspelt', 'use_pg_rewind', 'use_pgrewind', 'use_pgrewind: true'],
    ['key-misspelt', '  data_dir', '  datadir: /x\n  data_dir', 'datadir: /x'],
    [
      'listen-port-inside',
      '10.0.3.141,127.0.0.1:5434',
      '10.0.3.141:5434,127.0.0.1:5434',
      'listen: 10.0.3.141:5434,127.0.0.1:5434',
    ],
    ['listen-port', '10.0.3.141,127.0.0.1:5434', '10.0.3.141,127.0.0.1:5432', 'listen: 10.0.3.141,127.0.0.1:5432'],
    ['listen-foreign', '10.0.3.141,127.0.0.1:5434', '10.0.3.201,127.0.0.1:5434', 'listen: 10.0.3.201,127.0.0.1:5434'],
    ['listen-only-local', '10.0.3.141,127.0.0.1:5434', '127.0.0.1:5434', 'listen: 127.0.0.1:5434'],
    ['listen-without-localhost', '10.0.3.141,127.0.0.1:5434', '10.0.3.141:5434', 'listen: 10.0.3.141:5434'],
    [
      'postgresql-connect-address-foreign',
      'connect_address: 10.0.3.141:5434',
      'connect_address: 10.0.3.201:5434',
      'connect_address: 10.0.3.201:5434',
    ],
    [
      'postgresql-port',
      'connect_address: 10.0.3.141:5434',
      'connect_address: 10.0.3.141',
      'connect_address: 10.0.3.141',
    ],
    [
      'bin-dir-other',
      '/usr/lib/postgresql/17/bin',
      '/usr/lib/postgresql/15/bin',
      'bin_dir: /usr/lib/postgresql/15/bin',
    ],
    ['bin-dir-missing', / {2}bin_dir: .*\n/, '', 'postgresql:'],
    [
      'data-dir-other',
      '/var/lib/postgresql/17/main',
      '/var/lib/postgresql/15/main',
      'data_dir: /var/lib/postgresql/15/main',
    ],
    ['data-dir-other', '/var/lib/postgresql/17/main', '/var/lib/postgresql/data', 'data_dir: /var/lib/postgresql/data'],
    ['socket-directory', '/var/run/postgresql', '/tmp', 'unix_socket_directories: /tmp'],
    ['rewind-account-missing', / {4}rewind:\n.*\n.*\n/, '', 'authentication:'],
    ['superuser-account-other', 'username: dba', 'username: postgres', 'username: postgres'],
    ['replication-password-missing', /(username: repl\n) *password: secret\n/, '$1', 'replication:'],
    ['pg-hba-trust', '10.0.3.0/24 scram-sha-256', '10.0.3.0/24 trust', '- host all all 10.0.3.0/24 trust'],
    ['pg-hba-open', 'all all 10.0.3.0/24 scram-sha-256', 'all all 0.0.0.0/0 md5', '- host all all 0.0.0.0/0 md5'],
    ['pg-hba-no-replication', / {4}- host replication repl 10.*\n/, '', 'pg_hba:'],
    ['pg-hba-no-replication', 'replication repl 10.0.3.0/24', 'replication repl 10.0.3.141/32', 'pg_hba:'],
    ['pg-hba-no-local-replication', / {4}- host replication repl 127.*\n/, '', 'pg_hba:'],
    ['pg-hba-no-rewind', / {4}- host all all 10.*\n/, '', 'pg_hba:'],
    ['pg-hba-no-superuser', '- local all all peer map=workshop', '- local all postgres peer', 'pg_hba:'],
    ['pg-hba-peer-map', 'peer map=workshop', 'peer', '- local all all peer'],
    ['pg-hba-peer-map', 'workshop postgres dba', 'other postgres dba', '- local all all peer map=workshop'],
    ['duplicate-key', '\npostgresql:\n', '\netcd3:\n  hosts: etcd1, etcd2, etcd3\npostgresql:\n', 'etcd3:'],
    ['yaml-tab', '  listen: 0', '\tlisten: 0', 'listen: 0.0.0.0:8008'],
    [
      'yaml-indentation',
      '  connect_address: 10.0.3.141:8008',
      '   connect_address: 10.0.3.141:8008',
      'connect_address: 10.0.3.141:8008',
    ],
    ['yaml-syntax', 'listen: 0.0.0.0:8008', 'listen: "0.0.0.0:8008', 'listen: "0.0.0.0:8008'],
    ['template-not-filled-in', '/17/main', '/@VERSION@/main', 'data_dir: /var/lib/postgresql/@VERSION@/main'],
    ['template-not-filled-in', 'name: pg-1', 'name: {{ node.member }}', 'name: {{ node.member }}'],
  ])('%s: %s → %s', (id, from, to, line) => {
    // A key that belongs elsewhere is taken from there.
    const text =
      id === 'key-elsewhere' && to === ''
        ? changed('  dcs:\n', '  ttl: 30\n  dcs:\n').replace('    ttl: 30\n', '')
        : changed(from, to);
    const findings = diagnose(text);
    expect(findings.map((finding) => `${finding.id} ${finding.text}`)).toContain(`${id} ${line}`);
    const lines = text.split('\n');
    for (const finding of findings) expect(lines[finding.line - 1]?.trim()).toBe(finding.text);
  });

  it('one mistake makes one finding', () => {
    const singles = [
      changed('etcd3:', 'etcd:'),
      changed('max_replication_slots', 'max_relication_slots'),
      changed('0.0.0.0:8008', '127.0.0.1:8008'),
    ];
    for (const text of singles) expect(diagnose(text)).toHaveLength(1);
  });

  it('no file at all in it', () => {
    expect(diagnose('').map(({ id }) => id)).toEqual(['no-sections']);
    expect(diagnose('just a text').map(({ id }) => id)).toEqual(['no-sections']);
  });

  it('a password is not repeated', () => {
    const [finding] = diagnose(
      changed('      password: secret\n', '      password: secret\n      password: secret2\n'),
    );
    expect(finding).toMatchObject({ id: 'duplicate-key', text: 'password: …' });
  });

  it('says everything in two languages', () => {
    for (const { cause, hint } of diagnose(workshopText)) {
      expect(cause.fr).not.toBe(cause.en);
      expect(hint.fr).not.toBe(hint.en);
    }
  });
});
