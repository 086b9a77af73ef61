import { chapterId, editionName, labName } from '../../src/model/ids.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { type VerifyReport } from '../../src/model/verify-report.ts';
import { words } from '../../src/model/words.ts';
import { reportVerdicts, type VerdictPage } from '../../src/ui/report-verdicts.ts';
import { paper } from './paper.ts';

export function reportOf(checks: readonly CheckResult[], change: Partial<VerifyReport> = {}): VerifyReport {
  const count = (verdict: CheckResult['verdict']) => checks.filter((check) => check.verdict === verdict).length;
  const counts = { pass: count('pass'), fail: count('fail'), unknown: count('unknown') };
  return {
    lab: labName('main'),
    edition: editionName('trixie'),
    chapter: chapterId(2),
    chapterTitle: words('Patroni', 'Patroni'),
    passed: counts.pass === checks.length,
    counts,
    seconds: 0.9,
    checks,
    replaced: [],
    notBegun: [],
    next: null,
    stepTitles: {
      'chapter-2/install': words('Install Patroni', 'Installer Patroni'),
      'chapter-2/join-replica': words('The second member joins', 'Le second membre rejoint'),
    },
    ...change,
  };
}

export function shownReport(report: VerifyReport, change: Partial<VerdictPage> = {}): string {
  const { text, ...page } = paper();
  reportVerdicts(report, { ...page, ...change });
  return text();
}
