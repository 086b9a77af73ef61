import { expect, test } from 'vitest';
import { formatBytes, formatSeconds } from '../../src/ui/format-quantity.ts';

test.each([
  [0.04, '0.0 s', '0,0 s'],
  [0.84, '0.8 s', '0,8 s'],
  [12.35, '12.3 s', '12,3 s'],
  [59.94, '59.9 s', '59,9 s'],
  [59.96, '1 min 00 s', '1 min 00 s'],
  [83, '1 min 23 s', '1 min 23 s'],
  [3599.7, '1 h 00 min', '1 h 00 min'],
  [7325, '2 h 02 min', '2 h 02 min'],
])('%d seconds', (seconds, en, fr) => {
  expect(formatSeconds(seconds, 'en')).toBe(en);
  expect(formatSeconds(seconds, 'fr')).toBe(fr);
});

test.each([
  [0, '0 B', '0 o'],
  [999, '999 B', '999 o'],
  [640_000, '640 kB', '640 ko'],
  [999_600, '1.0 MB', '1,0 Mo'],
  [85_300_000, '85.3 MB', '85,3 Mo'],
  [999_960_000, '1.0 GB', '1,0 Go'],
])('%d bytes', (bytes, en, fr) => {
  expect(formatBytes(bytes, 'en')).toBe(en);
  expect(formatBytes(bytes, 'fr')).toBe(fr);
});
