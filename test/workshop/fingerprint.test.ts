import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Action } from '../../src/model/workshop.ts';
import { fingerprint } from '../../src/workshop/fingerprint.ts';

const scopes = [new Map([['token', 'secret']])];
const stepWith = (args: unknown) => {
  const actions: readonly Action[] = [{ kind: 'service', on: undefined, with: args }];
  return { actions, checks: [], files: {} };
};

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('a fingerprint', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (args) => {
        expect(fingerprint(stepWith(reversed(args)), scopes)).toBe(fingerprint(stepWith(args), scopes));
      }),
    );
  });

  it('depends on every value and on the order of lists', () => {
    const all = [{ a: [1, 2] }, { a: [2, 1] }, { a: [1, '2'] }, { b: [1, 2] }, {}].map((args) =>
      fingerprint(stepWith(args), scopes),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('depends on a value that is named, not on others', () => {
    const named = stepWith({ token: '{{ token }}' });
    const others = [new Map([['token', 'other']])];
    expect(fingerprint(named, others)).not.toBe(fingerprint(named, scopes));
    expect(fingerprint(stepWith({}), others)).toBe(fingerprint(stepWith({}), scopes));
  });
});
