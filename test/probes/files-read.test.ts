import { describe, expect, test } from 'vitest';
import { lastReading } from '../../src/probes/files-read.ts';
import { parseJournalLines } from '../../src/probes/journal-lines.ts';

/** `SECONDS TEXT`; a line of systemd's begins with its message id. */
function read(...lines: readonly string[]): number | null {
  const entries = lines.map((line) => {
    const [, at = '', text = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    const own = text.startsWith('Reloaded ');
    return {
      __REALTIME_TIMESTAMP: String(Number(at) * 1_000_000),
      MESSAGE: own ? text : `2026-12-01 10:14:55,685 ${text}`,
      ...(own && { MESSAGE_ID: '7b05ebc668384222baa8881179cfda54', JOB_RESULT: 'done' }),
    };
  });
  const found = lastReading(parseJournalLines(entries.map((entry) => JSON.stringify(entry)).join('\n')));
  return found === null ? null : found / 1_000_000;
}

describe('when a service read its files again', () => {
  test('systemctl reload: systemd says so', () => {
    expect(read('10 Reloaded patroni.service - Runners.')).toBe(10);
  });

  test('patronictl reload of a file that says the same, but for its comments', () => {
    expect(read('10 INFO: No local configuration items changed.', '10 INFO: Reloading PostgreSQL configuration.')).toBe(
      10,
    );
  });

  test('patronictl reload of a file that changed', () => {
    expect(read('10 INFO: Reloading PostgreSQL configuration.')).toBe(10);
  });

  test('a parameter that was changed in etcd is no reading of the file', () => {
    expect(
      read(
        "10 INFO: Changed log_min_duration_statement from '-1ms' to '500'",
        '10 INFO: Reloading PostgreSQL configuration.',
      ),
    ).toBeNull();
  });

  test('a file that Patroni could not read was not read', () => {
    const refused = 'ERROR: Exception when reloading local configuration from /etc/patroni/config.yml';
    expect(
      read('10 Reloaded patroni.service.', `12 ${refused}`, '12 INFO: Reloading PostgreSQL configuration.'),
    ).toBeNull();
    expect(read(`12 ${refused}`, '20 INFO: No local configuration items changed.')).toBe(20);
  });

  test('not since the start', () => {
    expect(read()).toBeNull();
  });
});
