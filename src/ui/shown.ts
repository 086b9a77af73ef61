import { showControlCharacters, showOnOneLine } from '../model/show-control-characters.ts';

/** The same data with the control characters of every text in it shown: what a face lays out and colours. */
export function shown<T>(value: T): T {
  return everyText(value, showControlCharacters) as T;
}

/** The same for data without a text of several lines: rows of names. */
export function shownInRows<T>(value: T): T {
  return everyText(value, showOnOneLine) as T;
}

function everyText(value: unknown, show: (text: string) => string): unknown {
  if (typeof value === 'string') return show(value);
  if (Array.isArray(value)) return value.map((item) => everyText(item, show));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everyText(inner, show)]));
}

/** Not a Date, nor an Error. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
