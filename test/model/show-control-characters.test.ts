import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showControlCharacters, showOnOneLine } from '../../src/model/show-control-characters.ts';

test.each([
  ['an escape sequence', '\u001b]0;x\u0007', '\\x1b]0;x\\x07'],
  ['the same in one character', '\u009b31m', '\\x9b31m'],
  ['a carriage return that would write over the line', 'all failed\rall well', 'all failed\\rall well'],
  ['DEL and NUL', '\u007f\0', '\\x7f\\x00'],
  ['a turned direction of writing', 'a\u202eb\u2066c\u200f', 'a\\u202eb\\u2066c\\u200f'],
  ['what is invisible', 'pg\u200b-1\ufeff\u{e0041}', 'pg\\u200b-1\\ufeff\\u{e0041}'],
  ['separators of lines', '\u0085\u2028\u2029', '\\x85\\u2028\\u2029'],
  ['half a character, and none', '\ud800\uffff', '\\ud800\\uffff'],
])('%s is shown', (_, text, shown) => {
  expect(showControlCharacters(text)).toBe(shown);
  expect(showOnOneLine(text)).toBe(shown);
});

test('lines and tabs stay, but where a name has one line', () => {
  expect(showControlCharacters('HTTP/1.1 200\r\na\tb\n')).toBe('HTTP/1.1 200\na\tb\n');
  expect(showOnOneLine('a\r\nb\tc')).toBe('a\\r\\nb\\tc');
});

test("words stay as they are: accents, French's spaces, marks, emoji", () => {
  const text = "L'étape\u00a0: 10\u202f000 lignes ✔ ✘ ● → 日本 🐘 \\x1b";
  expect(showControlCharacters(text)).toBe(text);
});

test('what was shown has nothing left to show', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = showControlCharacters(text);
      expect(showControlCharacters(once)).toBe(once);
      expect(showOnOneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
