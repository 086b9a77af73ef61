import { showControlCharacters } from '../model/show-control-characters.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type VerifyReport } from '../model/verify-report.ts';
import { checkLabel, checksByStep, type StepChecks } from './checks-by-step.ts';

/** JUnit XML: a suite a step, a case a check. `fail` is a failure, `unknown` an error, as in "the test did not run". */
export function verdictsAsJunit(report: VerifyReport): string {
  const totals = attributes({
    name: `lab ${report.lab} ${report.chapter}`,
    ...tally(report.checks),
    time: time(report.seconds),
  });
  const suites = checksByStep(report).flatMap(suite);
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${totals}>`, ...suites, '</testsuites>', ''].join('\n');
}

function suite(step: StepChecks): string[] {
  const seconds = step.checks.reduce((sum, check) => sum + check.seconds, 0);
  const head = attributes({ name: `${step.key}: ${step.title.en}`, ...tally(step.checks), time: time(seconds) });
  return [`  <testsuite${head}>`, ...step.checks.flatMap((check) => testCase(check, step.key)), '  </testsuite>'];
}

function testCase(check: CheckResult, step: string): string[] {
  const head = attributes({ classname: step.replace('/', '.'), name: checkLabel(check), time: time(check.seconds) });
  if (check.verdict === 'pass') return [`    <testcase${head}/>`];
  const element = check.verdict === 'fail' ? 'failure' : 'error';
  const message = `expected: ${check.expected.en}; seen: ${check.seen.en}`;
  return [
    `    <testcase${head}>`,
    `      <${element}${attributes({ type: check.verdict, message })}>${xmlText(body(check))}</${element}>`,
    '    </testcase>',
  ];
}

function body(check: CheckResult): string {
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['expected', check.expected.en],
    ['seen', check.seen.en],
    ['cause', check.cause?.en],
    ['hint', check.hint?.en],
    ['command', check.command],
  ];
  return entries.flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${text}`])).join('\n');
}

function tally(checks: readonly CheckResult[]): Readonly<Record<'tests' | 'failures' | 'errors', string>> {
  const count = (verdict: CheckResult['verdict']) => String(checks.filter((check) => check.verdict === verdict).length);
  return { tests: String(checks.length), failures: count('fail'), errors: count('unknown') };
}

function time(seconds: number): string {
  return seconds.toFixed(3);
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${xmlText(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');
}

/** Escapes markup, and shows control characters: most of them XML 1.0 can't hold even escaped. */
function xmlText(text: string): string {
  return showControlCharacters(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
