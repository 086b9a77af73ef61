import { showOnOneLine } from '../model/show-control-characters.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type ChapterId, type NodeName, type StepId } from '../model/ids.ts';
import { words, type Words } from '../model/words.ts';
import { chapterHeading } from './chapter-heading.ts';
import { checkDetails, checkTitle } from './check-details.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { wrapLine } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

/** A chapter, while somebody works on it. */
export interface Watched {
  readonly chapter: ChapterId;
  readonly chapterTitle: Words;
  readonly done: number;
  readonly steps: number;
  /** null: every check of the chapter passes. */
  readonly open: {
    readonly id: StepId;
    /** As the guide counts. */
    readonly number: number;
    readonly title: Words;
    readonly checks: readonly CheckResult[];
  } | null;
}

const indent = '      ';

/** What stands on the terminal: what fails first, since a screen may be low. */
export function watchedFrame(watched: Watched, page: Omit<Page, 'write'>): string {
  const { chapter, chapterTitle, done, steps, open } = shown(watched);
  const { language } = page;
  const palette = createPalette(page.colour);
  const width = pageWidth(page);
  const heading = say(chapterHeading(chapter, chapterTitle), language);
  const lines = [...wrapLine(palette.bold(`${heading} · ${say(progress(done, steps), language)}`), width)];
  if (open === null) return lines.join('\n');
  const ways = words(
    `the text: lab guide --step ${open.number} · stuck? lab hint · leave: Ctrl-C`,
    `le texte : lab guide --step ${open.number} · bloqué ? lab hint · quitter : Ctrl-C`,
  );
  lines.push(...wrapLine(palette.dim(say(ways, language)), width), '');
  lines.push(...wrapLine(palette.bold(say(open.title, language)), width));
  const look = { language, palette, width: width - indent.length };
  const wrong = open.checks.filter(({ verdict }) => verdict !== 'pass');
  for (const check of [...wrong, ...open.checks.filter(({ verdict }) => verdict === 'pass')]) {
    const [head = '', ...more] = wrapLine(checkTitle(check, nodesOf(check), look), width - 4);
    lines.push(`  ${head}`, ...more.map((line) => `    ${line}`));
    // One at a time: what else fails often fails for the same cause.
    if (check === wrong[0]) lines.push(...checkDetails(check, look).map((line) => indent + line));
  }
  return lines.join('\n');
}

/** What became different, as lines; nothing when nothing did. In JSON one document with the open step's checks. */
export function renderWatched(before: Watched | null, now: Watched, page: Page): void {
  const { language, format } = page;
  const told = new Set((before?.open?.checks ?? []).map((check) => checkLine(check, page)));
  const lines = (now.open?.checks ?? []).map((check) => checkLine(check, page)).filter((line) => !told.has(line));
  const moved = before === null || before.open?.id !== now.open?.id;
  if (!moved && lines.length === 0) return;
  if (format === 'json') {
    page.write(jsonLine(now));
    return;
  }
  const { chapter, chapterTitle, done, steps, open } = shown(now);
  const news: string[] = [];
  if (before === null) news.push(showOnOneLine(say(chapterHeading(chapter, chapterTitle), language)));
  if (moved) news.push(say(progress(done, steps), language));
  if (moved && open !== null) news.push(showOnOneLine(say(open.title, language)));
  page.write([...news, ...lines].map((line) => `${line}\n`).join(''));
}

function checkLine(check: CheckResult, { language, colour }: Omit<Page, 'write'>): string {
  const safe = shown(check);
  const look = { language, palette: createPalette(colour), width: Number.POSITIVE_INFINITY };
  const colon = say(words(': ', ' : '), language);
  const why = safe.verdict === 'pass' ? '' : `${colon}${showOnOneLine(say(safe.cause ?? safe.seen, language))}`;
  return `  ${checkTitle(safe, nodesOf(safe), look)}${why}`;
}

function nodesOf({ node }: CheckResult): readonly NodeName[] {
  return node === null ? [] : [node];
}

function progress(done: number, steps: number): Words {
  return words(
    `${done} of ${steps} steps are done`,
    `${done} étape${done >= 2 ? 's' : ''} sur ${steps} faite${done >= 2 ? 's' : ''}`,
  );
}
