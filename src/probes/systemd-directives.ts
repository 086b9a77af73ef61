// Reads unit files as systemd does (systemd.syntax(7), systemd.exec(5)); pure.

import { type SourceFile, type SourceLine } from './systemd-unit-files.ts';

/** `Key=value` of the section [Service]; a value that goes on over several lines has several parts. */
export interface Directive {
  readonly key: string;
  readonly parts: readonly SourceLine[];
}

/** In reading order. `text` of a part is the value's, without the key and the backslash at the end. */
export function serviceDirectives(files: readonly SourceFile[]): readonly Directive[] {
  return files.flatMap(directivesOf);
}

function directivesOf(file: SourceFile): readonly Directive[] {
  const directives: { key: string; parts: SourceLine[] }[] = [];
  let section = '';
  let continues = false;
  for (const [index, raw] of file.text.split('\n').entries()) {
    const text = raw.trim();
    if (/^[#;]/.test(text)) continue;
    const origin = (part: string): SourceLine => ({
      file: file.path,
      line: index + 1,
      text: part.replace(/\\$/, '').trim(),
    });
    if (continues) directives.at(-1)?.parts.push(origin(text));
    else if (text.startsWith('[')) section = text;
    else {
      const at = text.indexOf('=');
      if (at < 0) continue;
      directives.push({
        key: section === '[Service]' ? text.slice(0, at).trim() : '',
        parts: [origin(text.slice(at + 1))],
      });
    }
    continues = text.endsWith('\\');
  }
  return directives.filter(({ key }) => key !== '');
}

/** The directives of that name that count: an empty one takes back those before it. */
export function effectiveDirectives(directives: readonly Directive[], key: string): readonly Directive[] {
  const ofKey = directives.filter((directive) => directive.key === key);
  const reset = ofKey.findLastIndex(({ parts }) => parts.every(({ text }) => text === ''));
  return ofKey.slice(reset + 1);
}

/** Words as systemd splits them: at white space, with 'single' and "double" quotes. */
export function splitWords(text: string): readonly string[] {
  const words = text.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g);
  return Array.from(words, ([word]) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_all, double?: string, single?: string, escaped?: string) => {
      if (double !== undefined) return double.replace(/\\(.)/g, '$1');
      return single ?? escaped ?? '';
    }),
  );
}

/** `%H` and the like, as far as units of this kind use them. */
export function expandSpecifiers(text: string, unit: { readonly name: string; readonly host: string }): string {
  const prefix = unit.name.replace(/\.service$/, '').replace(/@.*$/, '');
  const values: Readonly<Record<string, string>> = {
    H: unit.host,
    l: unit.host,
    p: prefix,
    n: unit.name,
    N: prefix,
    '%': '%',
  };
  return text.replace(/%([A-Za-z%])/g, (all, letter: string) => values[letter] ?? all);
}
