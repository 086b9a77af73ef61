import { type Tenth } from '../model/measurement.ts';

/** One character of a time line: how much of the usual work was done in its time. */
export type Mark = 'all' | 'some' | 'none';

export interface DrawnLine {
  readonly writes: readonly Mark[];
  readonly reads: readonly Mark[];
  /** Seconds after the fault at which the first character begins, and how many each stands for. */
  readonly from: number;
  readonly secondsPerMark: number;
}

/** The tenths of a second in at most `width` characters; each stands for a round number of tenths. */
export function drawTenths(tenths: readonly Tenth[], width: number): DrawnLine {
  const wanted = Math.max(1, Math.ceil(tenths.length / Math.max(1, width)));
  const perMark = [1, 2, 5, 10, 20, 50, 100].find((round) => round >= wanted) ?? wanted;
  // Characters begin at the fault, as tenths do.
  const first = Math.round((tenths[0]?.at ?? 0) * 10);
  const lead = ((first % perMark) + perMark) % perMark;
  const groups = Array.from({ length: Math.ceil((tenths.length + lead) / perMark) }, (_, index) =>
    tenths.slice(Math.max(0, index * perMark - lead), (index + 1) * perMark - lead),
  );
  return {
    writes: groups.map((group) => mark(group, 'acknowledged')),
    reads: groups.map((group) => mark(group, 'reads')),
    from: (first - lead) / 10,
    secondsPerMark: perMark / 10,
  };
}

function mark(group: readonly Tenth[], what: 'acknowledged' | 'reads'): Mark {
  const served = group.filter((tenth) => tenth[what] > 0).length;
  if (served === 0) return 'none';
  return served >= group.length * 0.9 ? 'all' : 'some';
}
