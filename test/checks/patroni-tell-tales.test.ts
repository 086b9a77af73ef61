import { describe, expect, it } from 'vitest';
import { sinceStartedByHand } from '../../src/checks/patroni-trouble.ts';
import { tellingLine } from '../../src/checks/telling-line.ts';
import { type JournalLine } from '../../src/probes/journal-lines.ts';
import { messageIds } from '../../src/probes/service-state.ts';

const line = (message: string, messageId: string | null = null): JournalLine => ({
  atUs: 0,
  message,
  unit: 'patroni.service',
  invocation: null,
  messageId,
  jobType: null,
  jobResult: null,
  identifier: 'patroni',
  boot: null,
});

const tell = (...messages: readonly string[]) =>
  tellingLine(
    messages.map((message) => line(message)),
    'patroni',
  );

describe('a line of the log tells', () => {
  // Each line as Patroni 3.0.2 or 4.0.7, or the PostgreSQL under it, wrote it.
  it.each<[line: string, cause: RegExp]>([
    [
      "2026-11-23 13:31:38,667 ERROR: Failed to get list of machines from http://10.0.3.64:2379/v2: EtcdException('Bad response : 404 page not found\\n')",
      /version 2 of its API.*`etcd3:`/,
    ],
    [
      "2026-11-23 13:35:30,119 ERROR: Failed to get list of machines from http://10.0.3.64:2380/v3: <Unknown error: '404 page not found', code: 2>",
      /port 2380.*2379/,
    ],
    [
      '2026-11-23 13:36:29,056 ERROR: Failed to get list of machines from http://10.0.3.99:2379/v2: MaxRetryError("HTTPConnectionPool(host=\'10.0.3.99\', port=2379): Max retries exceeded")',
      /can't reach etcd: http:\/\/10\.0\.3\.99:2379/,
    ],
    [
      '2026-11-23 14:08:51,603 ERROR: Request to server http://10.0.3.78:2379 failed: MaxRetryError("HTTPConnectionPool")',
      /can't reach etcd: http:\/\/10\.0\.3\.78:2379/,
    ],
    ['Exception: initdb options must be list or dict', /`initdb`.*list/],
    [
      "FileNotFoundError: [Errno 2] No such file or directory: '/usr/lib/postgresql/12/bin/initdb'",
      /initdb in \/usr\/lib\/postgresql\/12\/bin\/: `bin_dir`/,
    ],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'pg_ctl'", /does not find pg_ctl: `bin_dir` is missing/],
    [
      'patroni.exceptions.PatroniFatalException: Can not find suitable configuration of distributed configuration store',
      /`etcd3:`.*python3-etcd/,
    ],
    ['  in "/etc/patroni/config.yml", line 5, column 1', /config\.yml is not valid YAML at line 5/],
    ["KeyError: 'restapi'", /no `restapi`/],
    [
      "2026-11-23 13:35:16,018 CRITICAL: Can't start; there is already a node named 'pg-1' running",
      /member pg-1 somebody answers/,
    ],
    [
      '2026-11-23 13:36:06,297 INFO: released leader key voluntarily as data dir empty and currently leader',
      /same `name` as the leader/,
    ],
    [
      '2026-11-23 14:16:42,642 CRITICAL: system ID mismatch, node pg-2 belongs to a different cluster: 7711370645109354279 != 7711370651765234779',
      /database of another cluster/,
    ],
    ['2026-11-23 13:54:29,497 INFO: waiting for leader to bootstrap', /waits for another member/],
    [
      'pg_basebackup: error: connection to server at "10.0.3.141", port 5434 failed: FATAL:  password authentication failed for user "repl"',
      /password of repl/,
    ],
    [
      'FATAL:  no pg_hba.conf entry for replication connection from host "10.0.3.201", user "repl", no encryption',
      /lets repl in from 10\.0\.3\.201 for replication/,
    ],
    [
      'FATAL:  no pg_hba.conf entry for host "10.0.3.201", user "rewind", database "postgres", no encryption',
      /lets rewind in from 10\.0\.3\.201$/,
    ],
    [
      '2026-11-23 13:34:21.074 UTC [989] FATAL:  Peer authentication failed for user "postgres"',
      /may not enter as postgres/,
    ],
  ])('%s', (message, cause) => {
    const told = tell(message);
    expect(told?.en).toMatch(cause);
    expect(told?.fr).not.toBe(told?.en);
  });

  it.each([
    '2026-11-23 12:58:40,794 INFO: no action. I am (pg-2), a secondary, and following a leader (pg-1)',
    'FATAL:  could not start WAL streaming: ERROR:  replication slot "pg_2" does not exist',
  ])('nothing: %s', (message) => {
    expect(tell(message)).toBeNull();
  });

  it('404 of etcd3 before it knows the version is no sign of `etcd:`', () => {
    // Patroni 3.0.2 with `etcd3:` writes /v2 in this line, too.
    const told = tell(
      'ERROR: Failed to get list of machines from http://10.0.3.64:2379/v2: MaxRetryError("Connection refused")',
    );
    expect(told?.en).not.toContain('etcd3');
  });

  it('the newest one counts', () => {
    expect(tell("KeyError: 'restapi'", 'Exception: initdb options must be list or dict', 'x')?.en).toMatch(/initdb/);
  });

  it('a passing state counts only when nothing else tells', () => {
    const waiting = 'INFO: waiting for leader to bootstrap';
    expect(tell("KeyError: 'restapi'", waiting)?.en).toMatch(/restapi/);
    expect(tell('x', waiting)?.en).toMatch(/waits for another member/);
  });
});

describe('the log since somebody started Patroni', () => {
  const started = line('Started patroni.service.', messageIds.started);
  const again = [
    line('patroni.service: Scheduled restart job, restart counter is at 1.'),
    line('Stopped patroni.service.'),
    started,
  ];

  it('begins at the start by hand, not at those by systemd', () => {
    const lines = [
      line('long ago'),
      started,
      line('CRITICAL: first'),
      ...again,
      line('CRITICAL: second'),
      again[0] ?? started,
      started,
    ];
    expect(sinceStartedByHand(lines).map(({ message }) => message)).toEqual(
      lines.slice(1).map(({ message }) => message),
    );
  });

  it('is everything there is when the start is not in it', () => {
    expect(sinceStartedByHand([line('a'), line('b')])).toHaveLength(2);
  });
});
