import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { byLine } from '../../src/model/by-line.ts';

function heard(pieces: readonly string[], longest?: number): readonly string[] {
  const lines: string[] = [];
  const hear = byLine((line) => lines.push(line), longest);
  for (const piece of pieces) hear(piece);
  return lines;
}

test('lines are the same, however the text was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '\n', 'é') })), (pieces) => {
      expect(heard(pieces)).toEqual(pieces.join('').split('\n').slice(0, -1));
    }),
  );
});

test('one that is too long is left out, and the next one is heard', () => {
  expect(heard(['abc', 'd', 'e\nfine\nlong', 'er\n', 'abcd\n'], 4)).toEqual(['fine', 'abcd']);
});

test('an endless one is not kept', () => {
  const piece = 'x'.repeat(1_000_000);
  const before = process.memoryUsage.rss();
  const hear = byLine(() => undefined, 1000);
  // More than a string can hold.
  for (let count = 0; count < 600; count += 1) hear(piece);
  expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000);
});
