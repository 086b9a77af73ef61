import { jsonLine } from './json-line.ts';
import { type MeasuredLab } from './measured-lab.ts';
import { measurementAsText } from './measurement-as-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { shownInRows } from './shown.ts';

/** `lab measure SCENARIO` */
export function renderMeasurement(measured: MeasuredLab, page: Page): void {
  const { language } = page;
  const columns = Math.min(pageWidth(page), 120);
  page.write(
    page.format === 'json'
      ? jsonLine(measured)
      : measurementAsText(shownInRows(measured), { language, columns }, page.colour),
  );
}
