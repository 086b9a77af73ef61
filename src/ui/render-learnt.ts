import { showOnOneLine } from '../model/show-control-characters.ts';
import { words } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { renderMarkdown } from './render-markdown.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

export interface Learnt {
  readonly chapter: string;
  readonly title: string;
  /** In Markdown. */
  readonly learnt: readonly string[];
}

/** `lab next`: what stays of the chapter that is done. */
export function renderLearnt(given: Learnt, page: Page): void {
  if (page.format === 'json') {
    page.write(jsonLine(given));
    return;
  }
  const { title, learnt } = shown(given);
  const name = showOnOneLine(title);
  const heading = say(words(`What stays of "${name}"`, `Ce qui reste de « ${name} »`), page.language);
  const text = `## ${heading}\n\n${learnt.map((one) => `- ${showOnOneLine(one.trim())}\n`).join('')}`;
  if (page.format === 'plain') {
    page.write(`${text}\n`);
    return;
  }
  const look = { palette: createPalette(page.colour), colour: page.colour, width: pageWidth(page) };
  page.write(`${renderMarkdown(text, look).join('\n')}\n\n`);
}
