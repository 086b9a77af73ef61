import fc from 'fast-check';
import { expect, test } from 'vitest';

interface TestFile {
  readonly file: string;
  readonly seconds: number;
}

const { clockSeconds, cutIntoShards, withSeconds } = (await import(
  new URL('../../scripts/test-shards.mjs', import.meta.url).href
)) as {
  clockSeconds: (files: readonly TestFile[]) => number;
  cutIntoShards: (files: readonly TestFile[], count?: number) => readonly (readonly TestFile[])[];
  withSeconds: (files: readonly string[], measured: Record<string, number>) => readonly TestFile[];
};

function named(seconds: readonly number[]): readonly TestFile[] {
  return seconds.map((each, index) => ({ file: `test/real/${String(index)}.test.ts`, seconds: each }));
}

const manyFiles = fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 30 }).map(named);
const byName = (files: readonly TestFile[]): readonly TestFile[] =>
  files.toSorted((a, b) => (a.file < b.file ? -1 : 1));

test('every file is in one shard, in whatever order the files come', () => {
  fc.assert(
    fc.property(manyFiles, (files) => {
      const shards = cutIntoShards(files);
      expect(byName(shards.flat())).toEqual(byName(files));
      expect(cutIntoShards(files.toReversed())).toEqual(shards);
      expect(shards.every((shard) => shard.length > 0)).toBe(true);
    }),
  );
});

test('a shard takes seven minutes by the clock at most, or as long as its longest file', () => {
  fc.assert(
    fc.property(manyFiles, (files) => {
      for (const shard of cutIntoShards(files)) {
        expect(clockSeconds(shard)).toBeLessThanOrEqual(Math.max(420, shard[0]?.seconds ?? 0));
      }
    }),
  );
});

test('beside a file that is longer than a shard the other lane is filled', () => {
  const [first] = cutIntoShards(named([830, 200, 100, 400, 390, 300]));
  expect(first?.map(({ seconds }) => seconds)).toEqual([830, 400]);
});

test('as many shards as are asked for', () => {
  const shards = cutIntoShards(named([100, 90, 80, 70, 60, 50]), 3);
  expect(shards.map((shard) => shard.map(({ seconds }) => seconds))).toEqual([
    [100, 90],
    [80, 70],
    [60, 50],
  ]);
});

test('a file without seconds counts as 120', () => {
  expect(withSeconds(['a', 'b'], { a: 7 })).toEqual([
    { file: 'a', seconds: 7 },
    { file: 'b', seconds: 120 },
  ]);
});
