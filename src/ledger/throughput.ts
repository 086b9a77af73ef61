import { type Tenth } from '../model/measurement.ts';
import { type LedgerRecord } from './ledger-line.ts';

const tenthMilliseconds = 100;

/** What was answered in each tenth of a second, from the first answer to the last; tenths begin at the fault. */
export function throughput({ writes, reads }: LedgerRecord, faultAt: number): readonly Tenth[] {
  type Counts = { -readonly [Key in keyof Omit<Tenth, 'at'>]: Tenth[Key] };
  const tenths = new Map<number, Counts>();
  const count = (done: number, what: keyof Counts): void => {
    const tenth = Math.floor((done - faultAt) / tenthMilliseconds);
    const counts = tenths.get(tenth) ?? { acknowledged: 0, failed: 0, reads: 0, failedReads: 0 };
    counts[what] += 1;
    tenths.set(tenth, counts);
  };
  for (const { done, outcome } of writes) count(done, outcome === 'acknowledged' ? 'acknowledged' : 'failed');
  for (const { done, ok } of reads) count(done, ok ? 'reads' : 'failedReads');
  if (tenths.size === 0) return [];
  const [first, last] = [Math.min(...tenths.keys()), Math.max(...tenths.keys())];
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    at: ((first + index) * tenthMilliseconds) / 1000,
    ...(tenths.get(first + index) ?? { acknowledged: 0, failed: 0, reads: 0, failedReads: 0 }),
  }));
}
