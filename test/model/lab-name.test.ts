import { expect, test } from 'vitest';
import { editionName } from '../../src/model/ids.ts';
import { parseLabName, preparationLab } from '../../src/model/lab-name.ts';

test.each(['main', 'alice', '7', 'prepare-trixie', 'a'.repeat(30)])('%s can be the name of a lab', (name) => {
  expect(parseLabName(name)).toBe(name);
});

test.each(['', 'A', 'a b', 'a/b', '-a', '_a', '..', '_prepare-', '_prepare-../a', 'a'.repeat(31)])(
  '"%s" can not',
  (name) => {
    expect(() => parseLabName(name)).toThrow(expect.objectContaining({ code: 'lab-name-invalid', exit: 2 }) as Error);
  },
);

test('the lab in which chapters are prepared can be looked at and removed, should it stay behind', () => {
  const name = preparationLab('patroni-etcd', editionName('trixie'));
  expect(parseLabName(name)).toBe(name);
});
