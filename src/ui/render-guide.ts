import { type StepId } from '../model/ids.ts';
import { type ChapterWords } from '../model/workshop.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { renderMarkdown } from './render-markdown.ts';
import { shown } from './shown.ts';

export interface GuidePage extends Page {
  /** The chapter's steps in their order. */
  readonly order: readonly StepId[];
  /** Only this step, as after `lab start`. */
  readonly step?: StepId;
}

/** A chapter's text. `plain` is its Markdown as it stands; `pretty` is laid out for the terminal. */
export function renderGuide(chapter: ChapterWords, page: GuidePage): void {
  if (page.format === 'json') {
    page.write(guideAsJson(chapter, page));
    return;
  }
  const markdown = guideAsMarkdown(shown(chapter), page);
  if (page.format === 'plain') {
    page.write(markdown);
    return;
  }
  const look = { palette: createPalette(page.colour), colour: page.colour, width: pageWidth(page) };
  page.write(`${renderMarkdown(markdown, look).join('\n')}\n`);
}

function guideAsMarkdown(chapter: ChapterWords, { order, step }: GuidePage): string {
  const steps = order.flatMap((id, index) => {
    const own = chapter.steps[id];
    if (own === undefined || (step !== undefined && id !== step)) return [];
    return [`## ${String(index + 1)}. ${own.title}`, own.text.trim()];
  });
  const head = step === undefined ? [`# ${chapter.title}`, chapter.intro.trim()] : [];
  return `${[...head, ...steps].filter((part) => part !== '').join('\n\n')}\n`;
}

function guideAsJson({ title, intro, steps }: ChapterWords, { order, step }: GuidePage): string {
  const shown = order.filter((id) => step === undefined || id === step);
  return jsonLine({
    title,
    intro,
    steps: shown.map((id) => ({ id, title: steps[id]?.title ?? id, text: steps[id]?.text ?? '' })),
  });
}
