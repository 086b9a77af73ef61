import { expect, test } from 'vitest';
import { growingBytes } from '../../src/process/growing-bytes.ts';

test.each([[1], [7], [65_536]])('pieces of %i bytes are put together, and none is moved often', (size) => {
  const bytes = 2_000_000;
  const whole = growingBytes(bytes);
  const piece = Buffer.alloc(size, 'x');
  for (let added = 0; added < bytes;) added += whole.add(piece);
  expect(whole.bytes().equals(Buffer.alloc(bytes, 'x'))).toBe(true);
  expect(whole.moved).toBeLessThanOrEqual(3 * bytes);
});

test('there is room for so much, and for no more than twice of what has come', () => {
  const announced = growingBytes(1e12);
  announced.add(Buffer.alloc(5000));
  expect(announced.bytes().buffer.byteLength).toBeLessThanOrEqual(10_000);
  const small = growingBytes(3);
  expect(small.add(Buffer.from('four'))).toBe(3);
  expect(small.bytes().toString()).toBe('fou');
  small.clear();
  expect([small.length, small.add(Buffer.from('x')), small.bytes().toString()]).toEqual([0, 1, 'x']);
});
