import { replaceControlCharacters } from '../model/show-control-characters.ts';
import { toEnglish } from './to-english.ts';

/** One JSON document on one line, in English. */
export function jsonLine(value: unknown): string {
  return `${jsonText(toEnglish(value))}\n`;
}

/** JSON without a character that a terminal obeys: JSON itself asks for escapes below the space only. The same data. */
export function jsonText(value: unknown): string {
  return replaceControlCharacters(JSON.stringify(value), escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** Seconds for JSON: to the millisecond, without the noise of floating point. */
export function jsonSeconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
