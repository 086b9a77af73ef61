import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/model/nearest.ts';

const word = fc.stringMatching(/^[a-z-]{0,12}$/);

describe('the nearest right word', () => {
  it.each([
    ['expects', ['do', 'on', 'expect', 'with'], 'expect'],
    ['pathc', ['patch', 'pact'], 'patch'],
    ['etc1', ['etcd1', 'etcd2', 'pg1'], 'etcd1'],
    ['FAILOVER', ['failback', 'failover'], 'failover'],
    ['etcd9', ['etcd1', 'etcd2'], 'etcd1'],
  ])('for %s is %3$s', (typed, candidates, meant) => {
    expect(nearest(typed, candidates)).toBe(meant);
  });

  it.each([
    ['haproxy', ['etcd', 'patroni']],
    ['x', ['y', 'z']],
    ['', ['a']],
    ['anything', []],
  ])('for %j is none of %j', (typed, candidates) => {
    expect(nearest(typed, candidates)).toBeUndefined();
  });

  it('is one of the candidates, and none of the others is nearer', () => {
    fc.assert(
      fc.property(word, fc.array(word), (typed, candidates) => {
        const found = nearest(typed, candidates);
        if (found === undefined) return;
        expect(candidates).toContain(found);
        const distances = candidates.map((candidate) => editDistance(typed, candidate));
        expect(editDistance(typed, found)).toBe(Math.min(...distances));
      }),
    );
  });

  it('is found after any one slip in a word of four letters or more', () => {
    const slip = fc.tuple(
      fc.stringMatching(/^[a-z]{4,12}$/),
      fc.nat(),
      fc.constantFrom('drop', 'double', 'swap', 'replace'),
    );
    fc.assert(
      fc.property(slip, ([right, position, kind]) => {
        const at = position % (right.length - 1);
        const [before, here, next, after] = [right.slice(0, at), right[at], right[at + 1], right.slice(at + 2)];
        const typed = {
          drop: `${before}${next ?? ''}${after}`,
          double: `${before}${here ?? ''}${here ?? ''}${next ?? ''}${after}`,
          swap: `${before}${next ?? ''}${here ?? ''}${after}`,
          replace: `${before}#${next ?? ''}${after}`,
        }[kind];
        expect(nearest(typed, ['0123456789012', right])).toBe(right);
      }),
    );
  });
});

describe('the distance between two words', () => {
  it('is nothing for the same word, the same in both directions, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
