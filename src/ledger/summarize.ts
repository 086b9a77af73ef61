import { type Measurement, type Repetition, type Spread } from '../model/measurement.ts';

export function summarize(repetitions: readonly Repetition[]): Measurement['summary'] {
  const over = (value: (repetition: Repetition) => number): Spread => spread(repetitions.map(value));
  return {
    withoutWrites: over(({ withoutWrites }) => withoutWrites?.seconds ?? 0),
    withoutReads: over(({ withoutReads }) => withoutReads?.seconds ?? 0),
    lost: over(({ rows }) => rows.lost.length),
    brokenConnections: over(({ brokenConnections }) => brokenConnections),
  };
}

/** Of an even number of values the median is the mean of the two in the middle. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 };
}
