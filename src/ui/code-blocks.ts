// The fenced blocks of code of a Markdown text.

export interface CodeBlock {
  /** Lines of the text, the fences included. */
  readonly taken: number;
  /** `sh` is what a person types. */
  readonly language: string;
  readonly code: readonly string[];
}

export const fence = /^( *)(`{3,}|~{3,}) *(\w*)/;

/** The block that begins in this line, without the indentation of its fence; null when none does. One without an end goes to the end. */
export function codeAt(lines: readonly string[], at: number): CodeBlock | null {
  const [, indent, marker, language] = fence.exec(lines[at] ?? '') ?? [];
  if (indent === undefined || marker === undefined) return null;
  const code: string[] = [];
  let next = at + 1;
  for (; next < lines.length && !(lines[next] ?? '').trimStart().startsWith(marker); next++) {
    const line = lines[next] ?? '';
    code.push(line.startsWith(indent) ? line.slice(indent.length) : line);
  }
  return { taken: next + 1 - at, language: language ?? '', code };
}

/** What a text tells a person to type, block by block. */
export function shellBlocks(markdown: string): readonly string[] {
  const lines = markdown.split('\n');
  const blocks: string[] = [];
  for (let at = 0; at < lines.length;) {
    const block = codeAt(lines, at);
    if (block?.language === 'sh') blocks.push(block.code.join('\n'));
    at += block?.taken ?? 1;
  }
  return blocks;
}
