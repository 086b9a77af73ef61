import { toEnglish } from './to-english.ts';

/** One JSON document on one line, in English. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(toEnglish(value))}\n`;
}

/** Seconds for JSON: to the millisecond, without the noise of floating point. */
export function jsonSeconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
