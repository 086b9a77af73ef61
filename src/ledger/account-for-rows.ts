import { type RowNumber, type RowsAccount } from '../model/measurement.ts';
import { type WriteTry } from './ledger-line.ts';

/** Every row that was begun, and every row that is there, in exactly one place. `there`: the database's rows of this run. */
export function accountForRows(writes: readonly WriteTry[], there: readonly RowNumber[]): RowsAccount {
  const stored = new Set(there.map(keyOf));
  const sent = new Set(writes.filter(({ outcome }) => outcome !== 'unsent').map(keyOf));
  const acknowledged = writes.filter(({ outcome }) => outcome === 'acknowledged');
  const others = writes.filter(({ outcome }) => outcome !== 'acknowledged');
  const lost = acknowledged.filter((row) => !stored.has(keyOf(row)));
  const recovered = others.filter((row) => row.outcome !== 'unsent' && stored.has(keyOf(row)));
  return {
    attempted: writes.length,
    acknowledged: acknowledged.length,
    kept: acknowledged.length - lost.length,
    lost: lost.map(numberOf),
    recovered: recovered.length,
    refused: others.length - recovered.length,
    unexpected: there.filter((row) => !sent.has(keyOf(row))).map(numberOf),
  };
}

function keyOf({ client, n }: RowNumber): string {
  return `${String(client)}/${String(n)}`;
}

function numberOf({ client, n }: RowNumber): RowNumber {
  return { client, n };
}
