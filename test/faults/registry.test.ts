import { expect, test } from 'vitest';
import { faultNamed, faults } from '../../src/faults/registry.ts';
import { faultNames } from '../../src/model/fault.ts';

test('every fault of the contract is there, once, and says in both languages what it does and what to look for', () => {
  expect(faults.map(({ name }) => name)).toEqual(faultNames);
  for (const name of faultNames) {
    const { describe, expect: next } = faultNamed(name);
    for (const text of [describe.en, describe.fr, next.en, next.fr]) expect(text).toMatch(/^[A-ZÀ-Ý].*[.]$/);
    expect(describe.en).not.toBe(describe.fr);
  }
});

test('a fault that is in the way of another one is in its way from both sides', () => {
  for (const fault of faults) {
    for (const other of fault.excludes ?? []) expect(faultNamed(other).excludes).toContain(fault.name);
  }
});
