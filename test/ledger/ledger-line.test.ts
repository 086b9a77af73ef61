import { expect, test } from 'vitest';
import { recordLedger } from '../../src/ledger/ledger-line.ts';
import { throughput } from '../../src/ledger/throughput.ts';
import { spread } from '../../src/ledger/summarize.ts';
import { seededRandom } from '../../src/ledger/seeded-random.ts';

const lines = `["write",1,1,1000,1010,"acknowledged"]
["read",1000,1005,true]
["broken",1,1250,"Error: gone"]
["write",1,2,1040,1250,"unanswered"]
`;

test('the record is read from pieces, and is whole only with its end', () => {
  const ledger = recordLedger();
  for (const piece of [lines.slice(0, 17), lines.slice(17, 60), lines.slice(60)]) ledger.hear(piece);
  expect(ledger.record.writes.map(({ outcome }) => outcome)).toEqual(['acknowledged', 'unanswered']);
  expect(ledger.record.broken).toEqual([{ at: 1250, why: 'Error: gone' }]);
  expect(ledger.record.whole).toBe(false);
  ledger.hear('["end",2,1]\n');
  expect(ledger.record.whole).toBe(true);
});

test('a record of which a line is missing is not whole', () => {
  const ledger = recordLedger();
  ledger.hear(`${lines}["end",3,1]\n`);
  expect(ledger.record.whole).toBe(false);
});

test('tenths of a second begin at the fault', () => {
  const ledger = recordLedger();
  ledger.hear(lines);
  expect(throughput(ledger.record, 1100)).toEqual([
    { at: -0.1, acknowledged: 1, failed: 0, reads: 1, failedReads: 0 },
    { at: 0, acknowledged: 0, failed: 0, reads: 0, failedReads: 0 },
    { at: 0.1, acknowledged: 0, failed: 1, reads: 0, failedReads: 0 },
  ]);
});

test('minimum, median and maximum', () => {
  expect(spread([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(spread([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 });
  expect(spread([7])).toEqual({ min: 7, median: 7, max: 7 });
});

test('a seed gives the same numbers always, another seed other ones', () => {
  const take = (seed: number): readonly number[] => {
    const random = seededRandom(seed);
    return [random(), random(), random()];
  };
  expect(take(1)).toEqual(take(1));
  expect(take(1)).not.toEqual(take(2));
  expect(take(5).every((one) => one >= 0 && one < 1)).toBe(true);
});
