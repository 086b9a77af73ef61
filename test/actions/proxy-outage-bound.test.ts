import { expect, test } from 'vitest';
import { downBound, proxyOutageBound, upBound } from '../../src/actions/proxy-outage-bound.ts';

const timing = { ttl: 30, loop_wait: 10, retry_timeout: 10 };
const health = { inter: 3, fastinter: 1, fall: 3, rise: 2, check: 2 };

test('a server is out after the next look and two more, each of which may wait for its answer', () => {
  expect(downBound(health)).toBe(3 + 2 * 1 + 3 * 2);
});

test('a server is in after the next look and one more', () => {
  expect(upBound(health)).toBe(3 + 1 + 2);
});

test("the proxy's time comes after Patroni's, the slower of the two ways counting", () => {
  expect(proxyOutageBound('kill', timing, health)).toBe(30 + 10 + 2 + 10 + 11 + 2);
  expect(proxyOutageBound('stop', timing, health)).toBe(10 + 2 + 10 + 11 + 2);
});
