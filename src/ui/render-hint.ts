import { type Words, words } from '../model/words.ts';
import { showOnOneLine } from '../model/show-control-characters.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { renderMarkdown } from './render-markdown.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

export interface GivenHints {
  readonly step: string;
  readonly title: string;
  /** Those given so far, the newest last. */
  readonly hints: readonly string[];
  readonly total: number;
  /** What fails now, and the likely cause. */
  readonly now: Words | null;
}

const lastOne = words(
  'That was the last hint. `lab solve` does the step.',
  "C'était le dernier indice. `lab solve` fait l'étape.",
);

/** `lab hint`: the newest hint, and how many there are. */
export function renderHint(given: GivenHints, page: Page): void {
  const { step, title, hints, total, now } = given;
  if (page.format === 'json') {
    page.write(jsonLine({ step, title, hint: hints.at(-1) ?? null, number: hints.length, total, now }));
    return;
  }
  const count = words(
    `hint ${String(hints.length)} of ${String(total)}`,
    `indice ${String(hints.length)} sur ${String(total)}`,
  );
  const seen = now === null ? '' : `${showOnOneLine(say(now, page.language))}\n\n`;
  const text = `## ${title} (${say(count, page.language)})\n\n${seen}${(hints.at(-1) ?? '').trim()}\n`;
  const markdown = shown(hints.length < total ? text : `${text}\n${say(lastOne, page.language)}\n`);
  if (page.format === 'plain') {
    page.write(markdown);
    return;
  }
  const look = { palette: createPalette(page.colour), colour: page.colour, width: pageWidth(page) };
  page.write(`${renderMarkdown(markdown, look).join('\n')}\n`);
}
