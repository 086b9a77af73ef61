import { Chalk } from 'chalk';
import { showControlCharacters } from '../model/show-control-characters.ts';

// The only file that knows of chalk. Sixteen-colour codes only: they follow the theme of the reader's terminal.

export type Palette = Readonly<
  Record<'bold' | 'italic' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>
>;

export function createPalette(colour: boolean): Palette {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    bold: (text) => chalk.bold(text),
    italic: (text) => chalk.italic(text),
    dim: (text) => chalk.dim(text),
    red: (text) => chalk.red(text),
    green: (text) => chalk.green(text),
    yellow: (text) => chalk.yellow(text),
    cyan: (text) => chalk.cyan(text),
  };
}

// eslint-disable-next-line no-control-regex
const ours = /(\x1b\[(?:1|2|3|22|23|31|32|33|36|39)m)/;

/** The text with the palette's own sequences as they are, and every other control character shown. */
export function onlyOurColours(text: string): string {
  return text
    .split(ours)
    .map((part, index) => (index % 2 === 1 ? part : showControlCharacters(part)))
    .join('');
}

/** FORCE_COLOR beats NO_COLOR, as in Node itself; then NO_COLOR, a dumb terminal, and no terminal each mean none. */
export function decideColour(env: Readonly<Record<string, string | undefined>>, isTTY: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['TERM'] === 'dumb') return false;
  return isTTY;
}
