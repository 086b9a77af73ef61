import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountForRows } from '../../src/ledger/account-for-rows.ts';
import { type WriteOutcome, type WriteTry } from '../../src/ledger/ledger-line.ts';

function tried(n: number, outcome: WriteOutcome, client = 1): WriteTry {
  return { client, n, began: 0, done: 1, outcome };
}

test('every row is in one place: kept, lost, recovered, refused, unexpected', () => {
  const writes = [
    tried(1, 'acknowledged'),
    tried(2, 'acknowledged'),
    tried(3, 'unanswered'),
    tried(4, 'unanswered'),
    tried(5, 'unsent'),
  ];
  const there = [
    { client: 1, n: 1 },
    { client: 1, n: 3 },
    { client: 2, n: 1 },
  ];
  expect(accountForRows(writes, there)).toEqual({
    attempted: 5,
    acknowledged: 2,
    kept: 1,
    lost: [{ client: 1, n: 2 }],
    recovered: 1,
    refused: 2,
    unexpected: [{ client: 2, n: 1 }],
  });
});

test('a row that was never sent and is there is unexpected, not recovered', () => {
  const account = accountForRows([tried(1, 'unsent')], [{ client: 1, n: 1 }]);
  expect(account).toMatchObject({ recovered: 0, refused: 1, unexpected: [{ client: 1, n: 1 }] });
});

test('the parts always add up to the whole', () => {
  const outcome = fc.constantFrom<WriteOutcome>('acknowledged', 'unanswered', 'unsent');
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, fc.boolean())), (rows) => {
      const writes = rows.map(([how], index) => tried(index + 1, how));
      const there = rows.flatMap(([, stored], index) => (stored ? [{ client: 1, n: index + 1 }] : []));
      const { attempted, kept, lost, recovered, refused, unexpected } = accountForRows(writes, there);
      expect(kept + lost.length + recovered + refused).toBe(attempted);
      expect(kept + recovered + unexpected.length).toBe(there.length);
    }),
  );
});
