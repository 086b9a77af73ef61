import { type LabSummary } from '../model/lab-summary.ts';
import { words, type Language } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { formatBytes } from './format-quantity.ts';
import { jsonLine } from './json-line.ts';
import { alignColumns } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { say } from './say.ts';
import { shownInRows } from './shown.ts';

/** `lab list` */
export function renderLabs(labs: readonly LabSummary[], page: Page): void {
  page.write(page.format === 'json' ? jsonLine({ labs }) : `${labLines(shownInRows(labs), page).join('\n')}\n`);
}

function labLines(labs: readonly LabSummary[], { language, colour }: Page): string[] {
  if (labs.length === 0) {
    return [
      say(
        words('There is no lab yet. `lab up` makes one.', "Il n'y a pas encore de lab. `lab up` en crée un."),
        language,
      ),
    ];
  }
  const palette = createPalette(colour);
  const head = [
    words('lab', 'lab'),
    words('edition', 'édition'),
    words('chapter', 'chapitre'),
    words('nodes running', 'nœuds en marche'),
    words('on disk', 'sur disque'),
  ].map((title) => palette.dim(say(title, language)));
  const rows = labs.map(({ name, edition, chapter, nodes, bytes }) => [
    palette.bold(name),
    edition,
    chapter === null ? '-' : `${chapter.id}${chapter.state === 'done' ? ' ✔' : ''}`,
    running(nodes, language),
    formatBytes(bytes, language),
  ]);
  return alignColumns([head, ...rows]);
}

function running({ running: some, total }: LabSummary['nodes'], language: Language): string {
  return say(words(`${String(some)} of ${String(total)}`, `${String(some)} sur ${String(total)}`), language);
}
