import { stripVTControlCharacters } from 'node:util';

// Breaking and aligning of lines that may hold colours.

export function visibleWidth(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

export function padVisible(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)));
}

/**
 * Breaks one line at its spaces so that nothing is wider than `width`; what follows the first line keeps its
 * indentation. A word that is wider is left whole: a path or a command can then still be copied.
 */
export function wrapLine(line: string, width: number): string[] {
  if (visibleWidth(line) <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(indent.length).split(/ +/)) {
    if (current !== '' && indent.length + visibleWidth(`${current} ${word}`) > width) {
      lines.push(indent + current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, indent + current];
}

/** Cells under each other, two spaces between; the last cell of a row is not padded. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, visibleWidth(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => padVisible(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export interface LabelledText {
  readonly label: string;
  readonly text: string;
  /** Commands and paths: never broken. */
  readonly whole?: boolean;
}

/** Texts beside their labels, broken so that the labels' column stays free. `style` colours the label. */
export function labelledLines(
  entries: readonly LabelledText[],
  width: number,
  style: (label: string) => string = (label) => label,
): string[] {
  const labelWidth = Math.max(0, ...entries.map(({ label }) => visibleWidth(label)));
  return entries.flatMap(({ label, text, whole }) => {
    const room = width - labelWidth - 2;
    const lines = text.split('\n').flatMap((line) => (whole === true ? [line] : wrapLine(line, room)));
    return lines.map((line, index) => {
      const margin = index === 0 ? padVisible(style(label), labelWidth) : ' '.repeat(labelWidth);
      return `${margin}  ${line}`.trimEnd();
    });
  });
}
