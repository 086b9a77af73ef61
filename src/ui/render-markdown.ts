import { type Palette } from './colours.ts';
import { type CodeBlock, codeAt, fence } from './code-blocks.ts';
import { wrapLine } from './lay-out-text.ts';

export interface MarkdownLook {
  readonly palette: Palette;
  /** Without colours, code keeps its backticks: nothing else would set it apart. */
  readonly colour: boolean;
  readonly width: number;
  /** Blocks of shell commands are numbered, and this is the number of the first. */
  readonly firstBlock?: number;
}

const heading = /^(#{1,6}) +(.*?)#* *$/;
const listItem = /^( *)([-*+]|\d+[.)]) +(.*)$/;
const quote = /^ {0,3}> ?(.*)$/;

/**
 * The little of Markdown that chapters use, for a terminal: headings, paragraphs, lists, quotes, code. What it does not
 * know is a paragraph. Code is there to be copied: never broken, and from the first column on, for what a shell takes as
 * a here-document ends only with a word that stands there.
 */
export function renderMarkdown(text: string, look: MarkdownLook): string[] {
  const lines = text.replaceAll('\r\n', '\n').trim().split('\n');
  const output: string[] = [];
  let number = look.firstBlock;
  for (let at = 0; at < lines.length;) {
    const code = codeAt(lines, at);
    const numbered = code?.language === 'sh' && number !== undefined ? number++ : undefined;
    const block = code === null ? blockAt(lines, at, look) : framed(code, numbered, look);
    at += block.taken;
    // One empty line is enough between blocks, however many there are in the source.
    if (!(block.lines[0] === '' && output.at(-1) === '')) output.push(...block.lines);
  }
  return output;
}

interface Block {
  readonly taken: number;
  readonly lines: readonly string[];
}

function blockAt(lines: readonly string[], at: number, look: MarkdownLook): Block {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { taken: 1, lines: [''] };
  const title = heading.exec(line)?.[2];
  if (title !== undefined) return { taken: 1, lines: wrapLine(look.palette.bold(inline(title, look)), look.width) };
  const item = listItem.exec(line);
  const quoted = quote.exec(line)?.[1];
  const first = item?.[3] ?? quoted ?? line.trim();
  const more = continuation(lines, at + 1, quoted !== undefined);
  const margin = item === null ? (quoted === undefined ? '' : '│ ') : `${item[1] ?? ''}${bullet(item[2] ?? '')} `;
  const hanging = quoted === undefined ? ' '.repeat(margin.length) : margin;
  const wrapped = wrapLine(inline([first, ...more].join(' '), look), look.width - margin.length);
  return { taken: 1 + more.length, lines: wrapped.map((part, index) => (index === 0 ? margin : hanging) + part) };
}

/** Above and below, since nothing may stand before it. */
function framed({ taken, code }: CodeBlock, number: number | undefined, { palette, width }: MarkdownLook): Block {
  const rule = '─'.repeat(Math.min(width, 40));
  const top = number === undefined ? rule : `── ${String(number)} ${rule}`.slice(0, rule.length);
  const lines = code.map((line) => (line === '' ? '' : palette.cyan(line)));
  return { taken, lines: [palette.dim(top), ...lines, palette.dim(rule)] };
}

/** The lines that go on with a paragraph, a list item or a quote. */
function continuation(lines: readonly string[], from: number, quoted: boolean): string[] {
  const taken: string[] = [];
  for (const line of lines.slice(from)) {
    const inner = quoted ? quote.exec(line)?.[1] : line;
    if (inner === undefined || inner.trim() === '') break;
    if (fence.test(line) || heading.test(line) || listItem.test(line) || quote.test(line) !== quoted) break;
    taken.push(inner.trim());
  }
  return taken;
}

function bullet(marker: string): string {
  return /\d/.test(marker) ? marker : '•';
}

/** Code first: what stands in it is not looked at again. */
function inline(text: string, { palette, colour }: MarkdownLook): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (part.length > 1 && part.startsWith('`')) return colour ? palette.cyan(part.slice(1, -1)) : part;
      return (
        part
          .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ($2)')
          .replaceAll(/\*\*([^*]+)\*\*/g, (_, bold: string) => palette.bold(bold))
          // Letters at both ends: listen_addresses = '*' is no emphasis.
          .replaceAll(/\*(\p{L}(?:[^*]*\p{L})?)\*/gu, (_, italic: string) => palette.italic(italic))
      );
    })
    .join('');
}
