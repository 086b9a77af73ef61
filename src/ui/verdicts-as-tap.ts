import { showControlCharacters } from '../model/show-control-characters.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type VerifyReport } from '../model/verify-report.ts';
import { jsonText } from './json-line.ts';
import { checkLabel } from './checks-by-step.ts';

/** TAP version 14. A check that could not be observed is "not ok" with `verdict: unknown`: nothing proves it. */
export function verdictsAsTap(report: VerifyReport): string {
  const points = report.checks.map((check, index) => testPoint(check, index + 1));
  return ['TAP version 14', `1..${String(report.checks.length)}`, ...points, ''].join('\n');
}

function testPoint(check: CheckResult, number: number): string {
  const ok = check.verdict === 'pass' ? 'ok' : 'not ok';
  const line = `${ok} ${String(number)} - ${escapeDescription(`${check.step} ${checkLabel(check)}`)}`;
  return check.verdict === 'pass' ? line : [line, ...diagnostics(check)].join('\n');
}

function diagnostics(check: CheckResult): string[] {
  const entries: readonly (readonly [string, string | null])[] = [
    ['verdict', check.verdict],
    ['expected', check.expected.en],
    ['seen', check.seen.en],
    ['cause', check.cause?.en ?? null],
    ['hint', check.hint?.en ?? null],
    ['command', check.command],
  ];
  const lines = entries.flatMap(([key, text]) => (text === null ? [] : [`  ${key}: ${yamlText(text)}`]));
  return [
    '  ---',
    ...lines,
    `  attempts: ${String(check.attempts)}`,
    `  duration_ms: ${String(Math.round(check.seconds * 1000))}`,
    '  ...',
  ];
}

/** A number sign would begin a directive. */
function escapeDescription(text: string): string {
  return oneLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

/** A JSON string is a YAML string too, with whatever it holds. */
function yamlText(text: string): string {
  return jsonText(text);
}

function oneLine(text: string): string {
  return showControlCharacters(text).replaceAll(/\s+/g, ' ');
}
