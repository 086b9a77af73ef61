import { type Words, words } from '../model/words.ts';
import { jsonLine } from './json-line.ts';
import { type Page } from './page.ts';
import { say } from './say.ts';
import { shownInRows } from './shown.ts';

export interface OpenedPage {
  /** `haproxy`, `patroni`. */
  readonly page: string;
  readonly title: Words;
  readonly node: string;
  /** On this machine. */
  readonly url: string;
}

/** `lab open`: where the page is, as long as lab runs. */
export function renderOpened({ page, title, node, url }: OpenedPage, out: Page): void {
  if (out.format === 'json') {
    out.write(jsonLine({ page, node, url }));
    return;
  }
  const line = words(
    `${url}  ${title.en} on ${node}, from this machine only. Ctrl-C ends it.`,
    `${url}  ${title.fr} sur ${node}, depuis cette machine seulement. Ctrl-C y met fin.`,
  );
  out.write(`${say(shownInRows(line), out.language)}\n`);
}
