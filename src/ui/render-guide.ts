import { type StepId } from '../model/ids.ts';
import { type ChapterWords } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { shellBlocks } from './code-blocks.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { wrapLine } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { renderMarkdown } from './render-markdown.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

export type GuidePage = Omit<Page, 'write'> & {
  /** The chapter's steps in their order. */
  readonly order: readonly StepId[];
  /** Only this step. */
  readonly step?: StepId;
  /** The introduction as well, as after `lab start`. */
  readonly introduced?: boolean;
  /** As the person named the chapter; without it, it is the one that the lab works on. */
  readonly named?: string | undefined;
};

/** The chapter's introduction and its steps, or the one step alone: what is shown of it, in order. */
interface Part {
  readonly step: StepId | null;
  readonly markdown: string;
  /** Number of its first block of shell commands in the chapter. */
  readonly firstBlock: number;
}

export function renderGuide(chapter: ChapterWords, page: GuidePage & Page): void {
  page.write(guideText(chapter, page));
}

/** A chapter's text. `plain` is its Markdown as it stands; `pretty` is laid out for the terminal. */
export function guideText(chapter: ChapterWords, page: GuidePage): string {
  if (page.format === 'json') return guideAsJson(chapter, page);
  const wanted = partsShown(chapter, page);
  if (page.format === 'plain') return `${wanted.map(({ markdown }) => markdown).join('\n\n')}\n`;
  const laidOut = wanted.map((part) => layOut(part, page).join('\n'));
  return `${[...laidOut, ...howToCopy(wanted, page)].join('\n\n')}\n`;
}

/** In `guideText`, the line in which a step begins; 1 for a step that is not there. */
export function lineOfStep(chapter: ChapterWords, page: GuidePage, step: StepId): number {
  const wanted = partsShown(chapter, page);
  const before = wanted.slice(
    0,
    Math.max(
      0,
      wanted.findIndex((part) => part.step === step),
    ),
  );
  return before.reduce((line, part) => line + layOut(part, page).length + 1, 1);
}

export interface GuideBlock {
  readonly step: StepId;
  readonly script: string;
}

/** The chapter's blocks of shell commands, in the order of their numbers. */
export function guideBlocks(chapter: ChapterWords, order: readonly StepId[]): readonly GuideBlock[] {
  return order.flatMap((step) => shellBlocks(chapter.steps[step]?.text ?? '').map((script) => ({ step, script })));
}

function partsShown(chapter: ChapterWords, { order, step, introduced = false }: GuidePage): readonly Part[] {
  const { title, intro, steps } = shown(chapter);
  const head = [`# ${title}`, intro.trim()].filter((part) => part !== '').join('\n\n');
  let firstBlock = 1;
  const parts: Part[] = [{ step: null, markdown: head, firstBlock }];
  for (const [index, id] of order.entries()) {
    const own = steps[id];
    if (own === undefined) continue;
    const markdown = [`## ${String(index + 1)}. ${own.title}`, own.text.trim()]
      .filter((part) => part !== '')
      .join('\n\n');
    parts.push({ step: id, markdown, firstBlock });
    firstBlock += shellBlocks(own.text).length;
  }
  return parts.filter((part) => step === undefined || part.step === step || (introduced && part.step === null));
}

function layOut({ markdown, firstBlock }: Part, page: GuidePage): readonly string[] {
  const look = { palette: createPalette(page.colour), colour: page.colour, width: pageWidth(page) };
  return renderMarkdown(markdown, { ...look, firstBlock });
}

/** Said once, where there is something to copy. */
function howToCopy(parts: readonly Part[], page: GuidePage): readonly string[] {
  const [first] = parts.filter(({ markdown }) => shellBlocks(markdown).length > 0);
  if (first === undefined) return [];
  const chapter = page.named === undefined ? '' : ` ${page.named}`;
  const command = `lab guide${chapter} --copy ${String(first.firstBlock)}`;
  const text = words(
    `A block alone, ready to be passed on: ${command}`,
    `Un bloc seul, prêt à être transmis : ${command}`,
  );
  const { dim } = createPalette(page.colour);
  return [
    wrapLine(say(text, page.language), pageWidth(page))
      .map((line) => dim(line))
      .join('\n'),
  ];
}

function guideAsJson({ title, intro, steps }: ChapterWords, { order, step }: GuidePage): string {
  const wanted = order.filter((id) => step === undefined || id === step);
  return jsonLine({
    title,
    intro,
    steps: wanted.map((id) => ({ id, title: steps[id]?.title ?? id, text: steps[id]?.text ?? '' })),
  });
}
