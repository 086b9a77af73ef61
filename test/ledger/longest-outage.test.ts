import { describe, expect, test } from 'vitest';
import { longestOutage, type Try } from '../../src/ledger/longest-outage.ts';

const ok = (began: number, done = began + 1): Try => ({ began, done, ok: true });
const failed = (began: number, done = began + 1): Try => ({ began, done, ok: false });

describe('the longest outage', () => {
  test('lasts from the beginning of the first try that failed to the first success', () => {
    // The first one waited for two seconds before it gave up: that time counts.
    const tries = [ok(900), failed(1100, 3100), failed(3200), failed(4000), ok(5000, 5100)];
    expect(longestOutage(tries, 1000)).toEqual({ from: 0.1, to: 4.1, seconds: 4 });
  });

  test('is none where nothing failed, however long nothing was tried', () => {
    expect(longestOutage([ok(0), ok(9000)], 1000)).toBeNull();
  });

  test('is short where others succeed meanwhile', () => {
    const tries = [failed(1000, 3000), ...Array.from({ length: 30 }, (_, index) => ok(1000 + index * 100))];
    expect(longestOutage(tries, 1000)?.seconds).toBeCloseTo(0.1);
  });

  test('has no end where nothing succeeded any more', () => {
    expect(longestOutage([ok(0), failed(1200), failed(2000, 4000)], 1000)).toEqual({
      from: 0.2,
      to: null,
      seconds: 2.8,
    });
  });

  test('before the fault is not counted', () => {
    expect(longestOutage([failed(0, 10), ok(500), ok(1500)], 1000)).toBeNull();
  });

  test('begins with the last success before, when a try was under way meanwhile', () => {
    expect(longestOutage([failed(1000, 3000), ok(1400, 1500), failed(1600), ok(4000, 4100)], 1000)).toEqual({
      from: 0.5,
      to: 3.1,
      seconds: 2.6,
    });
  });
});
