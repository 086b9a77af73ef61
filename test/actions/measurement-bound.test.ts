import { expect, test } from 'vitest';
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
