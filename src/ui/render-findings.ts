import { type HostFinding } from '../model/host-finding.ts';
import { words, type Language, type Words } from '../model/words.ts';
import { createPalette, type Palette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { wrapLine } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

/** `lab doctor`: what this host has and lacks, each with its remedy, and whether it can run labs. */
export function renderFindings(findings: readonly HostFinding[], page: Page): void {
  const able = findings.every(({ ok, severity }) => ok || severity === 'advice');
  page.write(page.format === 'json' ? jsonLine({ ok: able, findings }) : findingsText(shown(findings), able, page));
}

function findingsText(findings: readonly HostFinding[], able: boolean, page: Page): string {
  const palette = createPalette(page.colour);
  const width = pageWidth(page);
  const lines = findings.flatMap((finding) => [
    ...hanging(`${mark(finding, palette)} ${say(finding.what, page.language)}`, width, '  '),
    ...remedyLines(finding, page.language).flatMap((line) => wrapLine(`    ${line}`, width)),
  ]);
  const sum = say(verdict(findings, able), page.language);
  return [...lines, '', able ? palette.green(sum) : palette.red(sum), ''].join('\n');
}

/** A remedy may be several lines: a sentence and the command to type. */
function remedyLines({ ok, remedy }: HostFinding, language: Language): string[] {
  return ok || remedy === null ? [] : say(remedy, language).split('\n');
}

function hanging(line: string, width: number, margin: string): string[] {
  const [head = '', ...more] = wrapLine(line, width - margin.length);
  return [head, ...more.map((rest) => margin + rest)];
}

function mark({ ok, severity }: HostFinding, palette: Palette): string {
  if (ok) return palette.green('✔');
  return severity === 'needed' ? palette.red('✘') : palette.yellow('!');
}

function verdict(findings: readonly HostFinding[], able: boolean): Words {
  const missing = findings.filter(({ ok, severity }) => !ok && severity === 'needed').length;
  const advised = findings.filter(({ ok, severity }) => !ok && severity === 'advice').length;
  if (!able) {
    return missing === 1
      ? words(
          'This host can run labs once the point marked ✘ is settled.',
          'Cette machine pourra faire tourner des labs une fois réglé le point marqué ✘.',
        )
      : words(
          `This host can run labs once the ${String(missing)} points marked ✘ are settled.`,
          `Cette machine pourra faire tourner des labs une fois réglés les ${String(missing)} points marqués ✘.`,
        );
  }
  return advised === 0
    ? words('This host can run labs.', 'Cette machine peut faire tourner des labs.')
    : words(
        'This host can run labs; what is marked ! would make it better.',
        'Cette machine peut faire tourner des labs\u00a0; ce qui est marqué ! améliorerait les choses.',
      );
}
