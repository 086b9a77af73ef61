import { stepKey } from '../model/lab-history.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type VerifyReport } from '../model/verify-report.ts';
import { verbatim, type Words } from '../model/words.ts';

export interface StepChecks {
  /** `chapter-2/join-replica` */
  readonly key: string;
  readonly title: Words;
  readonly checks: readonly CheckResult[];
}

/** The checks of a report under their steps, in the order in which they come. */
export function checksByStep(report: Pick<VerifyReport, 'checks' | 'stepTitles'>): StepChecks[] {
  const steps = new Map<string, CheckResult[]>();
  for (const check of report.checks) {
    const key = stepKey(check.chapter, check.step);
    steps.set(key, [...(steps.get(key) ?? []), check]);
  }
  return [...steps].map(([key, checks]) => ({
    key,
    title: report.stepTitles[key] ?? verbatim(checks[0]?.step ?? key),
    checks,
  }));
}

/** A check's name for machines: stable, English, and different for each node. */
export function checkLabel(check: CheckResult): string {
  const where = check.node === null ? '' : ` on ${check.node}`;
  return `${check.id}${where}: ${check.title.en}`;
}
