import { type CheckResult } from '../model/verdict.ts';

/** The last verdict of every check of one line of work; `up` looks again and again until all are true. */
export interface OpenChecks {
  judge(result: CheckResult): void;
  /** Those that are not true, in the order in which they first came. */
  untrue(): CheckResult[];
}

export function createOpenChecks(): OpenChecks {
  const latest = new Map<string, CheckResult>();
  return {
    judge(result) {
      latest.set(`${result.id} ${result.node ?? ''}`, result);
    },
    untrue: () => [...latest.values()].filter(({ verdict }) => verdict !== 'pass'),
  };
}
