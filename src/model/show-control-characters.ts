// What comes out of a node is words, whatever it holds: what a terminal would obey, or would not show, is shown instead.

/**
 * Control characters (C0, DEL, C1: escape sequences begin with one), what turns the direction of writing or is invisible,
 * separators of lines other than \n, halves of characters, and what is no character at all.
 */
const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Each of them as `replace` writes it; all other characters stay. */
export function replaceControlCharacters(text: string, replace: (character: string) => string): string {
  return text.replace(obeyed, replace);
}

/** `\x1b`, `\u202e` in their place. Line breaks (\r\n is one) and tabs stay: the text may have several lines. */
export function showControlCharacters(text: string): string {
  return replaceControlCharacters(text.replaceAll('\r\n', '\n'), (character) =>
    character === '\n' || character === '\t' ? character : visible(character),
  );
}

/** The same for a name in a row of others, where a line break would begin a row of its own. */
export function showOnOneLine(text: string): string {
  return replaceControlCharacters(text, visible);
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code > 0xffff) return `\\u{${digits}}`;
  return named[character] ?? (code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`);
}
