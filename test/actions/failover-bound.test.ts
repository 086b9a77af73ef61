import { describe, expect, it } from 'vitest';
import { failoverBound } from '../../src/actions/failover-bound.ts';
import { setPatroniTiming } from '../../src/actions/set-patroni-timing.ts';

describe('the time without a leader', () => {
  const usual = { ttl: 30, loop_wait: 10, retry_timeout: 10 };
  it.each([
    ['stop', usual, 22],
    ['kill', usual, 52],
    ['freeze', { ttl: 20, loop_wait: 2, retry_timeout: 3 }, 27],
  ] as const)('after a %s with %o is at most %i s', (loss, timing, seconds) => {
    expect(failoverBound(loss, timing)).toBe(seconds);
  });
});

describe("Patroni's limits", () => {
  const taken = (ttl: number, loop_wait: number, retry_timeout: number): boolean =>
    setPatroniTiming.schema.safeParse({ ttl, loop_wait, retry_timeout }).success;
  it('are kept by what a chapter may set', () => {
    expect(taken(20, 2, 3)).toBe(true);
    expect(taken(20, 10, 5)).toBe(true);
  });
  it.each([
    [19, 2, 3],
    [20, 0, 3],
    [20, 2, 2],
    [20, 10, 6],
  ])('refuse ttl %i, loop_wait %i, retry_timeout %i', (...values) => {
    expect(taken(...values)).toBe(false);
  });
});
