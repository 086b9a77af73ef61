import { type VerifyReport } from '../model/verify-report.ts';
import { jsonLine, jsonSeconds } from './json-line.ts';

/** The document of CLI.md, "lab verify --format json". */
export function verdictsAsJson(report: VerifyReport): string {
  return jsonLine({
    lab: report.lab,
    edition: report.edition,
    chapter: report.chapter,
    passed: report.passed,
    counts: { pass: report.counts.pass, fail: report.counts.fail, unknown: report.counts.unknown },
    seconds: jsonSeconds(report.seconds),
    checks: report.checks.map((check) => ({
      id: check.id,
      chapter: check.chapter,
      step: check.step,
      node: check.node,
      title: check.title,
      verdict: check.verdict,
      expected: check.expected,
      seen: check.seen,
      cause: check.cause,
      hint: check.hint,
      command: check.command,
      attempts: check.attempts,
      seconds: jsonSeconds(check.seconds),
    })),
  });
}
