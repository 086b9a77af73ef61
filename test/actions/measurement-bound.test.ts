import { expect, test } from 'vitest';
import { checksUntilUp } from '../../src/actions/measurement/proxy-checks.ts';
import { writesBound } from '../../src/actions/measurement/writes-bound.ts';

const timing = { ttl: 20, loop_wait: 2, retry_timeout: 3 };

test('a killed node: the settings of the cluster, HAProxy and the clients, one after the other', () => {
  const bound = writesBound('kill-node', timing, { proxySeconds: 6, patienceSeconds: 3 });
  expect(bound.seconds).toBe(20 + 2 + 2 + 3 + 6 + 3);
  expect(bound.parts.map(({ what }) => what)).toEqual([
    'ttl',
    'loop_wait',
    'question',
    'retry_timeout',
    'HAProxy',
    'client',
  ]);
});

test('a clean stop does not wait for the ttl', () => {
  expect(writesBound('stop-patroni', timing, { proxySeconds: 0, patienceSeconds: 3 }).seconds).toBe(10);
});

test('HAProxy takes a server back after `rise` checks', () => {
  expect(checksUntilUp('  default-server inter 3s fastinter 1s fall 3 rise 2 on-marked-down shutdown-sessions\n')).toBe(
    6,
  );
  expect(checksUntilUp('  server pg-1 10.0.3.141:5434 check port 8008 inter 500 rise 3\n')).toBe(1.5);
  expect(checksUntilUp('  default-server inter 1s downinter 5s rise 2\n')).toBe(10);
  expect(checksUntilUp('  server pg-1 10.0.3.141:5434 check\n')).toBe(4);
  expect(checksUntilUp('global\n')).toBe(0);
});
