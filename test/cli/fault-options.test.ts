import { describe, expect, test } from 'vitest';
import { type FaultValues, parseFaultOptions } from '../../src/cli/fault-options.ts';
import { faultNamed } from '../../src/faults/registry.ts';
import { type FaultName } from '../../src/model/fault.ts';

const parse = (name: FaultName, values: FaultValues) => parseFaultOptions(faultNamed(name), values);

describe('the options of lab fault', () => {
  test('unsaid they have a value that shows something', () => {
    expect(parse('loss', {})).toEqual({ percent: 20, bitsPerSecond: 1_000_000, milliseconds: 200 });
  });

  test.each<[FaultName, FaultValues, object]>([
    ['loss', { percent: '35' }, { percent: 35 }],
    ['loss', { percent: '2.5%' }, { percent: 2.5 }],
    ['slow', { rate: '500kbit' }, { bitsPerSecond: 500_000 }],
    ['slow', { rate: '1.5Mbit' }, { bitsPerSecond: 1_500_000 }],
    ['delay', { ms: '80' }, { milliseconds: 80 }],
  ])('%s %j', (name, values, expected) => {
    expect(parse(name, values)).toMatchObject(expected);
  });

  test.each<[FaultName, FaultValues]>([
    ['loss', { percent: '0' }],
    ['loss', { percent: '101' }],
    ['loss', { percent: 'many' }],
    ['slow', { rate: '500' }],
    ['slow', { rate: '1kbit' }],
    ['slow', { rate: 'kbit' }],
    ['delay', { ms: '-5' }],
    ['delay', { ms: '60001' }],
    ['freeze', { percent: '20' }],
    ['slow', { ms: '20' }],
    ['loss', { rate: '1mbit' }],
  ])('%s %j is a usage error that says what would be right', (name, values) => {
    let refusal: unknown;
    try {
      parse(name, values);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code: 'option-invalid', exit: 2 });
    expect((refusal as { hint?: { en: string } }).hint?.en).toMatch(/--|belongs to/);
  });
});
