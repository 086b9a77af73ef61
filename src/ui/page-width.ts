import { type Page } from './page.ts';
import { usableColumns } from './terminal-width.ts';

/** Where text for people is broken. Plain lines are left whole. */
export function pageWidth(page: Pick<Page, 'format' | 'columns'>): number {
  return page.format === 'pretty' ? usableColumns(page.columns) : Number.POSITIVE_INFINITY;
}
