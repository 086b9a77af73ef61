import { type Checkpoint, keptByLabPrefix } from '../model/checkpoint.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { formatBytes, formatSeconds } from './format-quantity.ts';
import { jsonLine } from './json-line.ts';
import { alignColumns } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { say } from './say.ts';
import { shownInRows } from './shown.ts';

/** `lab checkpoints`: the ends of chapters that this home keeps, then the lab's own, each as given. */
export function renderCheckpoints(checkpoints: readonly Checkpoint[], page: Page): void {
  page.write(
    page.format === 'json'
      ? jsonLine({ checkpoints: checkpoints.map(forPrograms) })
      : `${checkpointLines(shownInRows(checkpoints), page).join('\n')}\n`,
  );
}

/** What the lab knew when it was taken stays inside. */
function forPrograms({ history: _, ...checkpoint }: Checkpoint) {
  return checkpoint;
}

const nothingYet = words(
  'There is no checkpoint yet. `lab save NAME` takes one; `lab up` keeps the end of every chapter.',
  "Il n'y a pas encore de point de reprise. `lab save NOM` en prend un ; `lab up` garde la fin de chaque chapitre.",
);

const keptByLab = words(
  '`lab-kept-ACTION`: kept by lab itself, before that action took something away in a lab that you had in hand.',
  "`lab-kept-ACTION` : conservé par lab lui-même, avant que cette action n'enlève quelque chose dans un lab que vous aviez en main.",
);

const titles: readonly Words[] = [
  words('checkpoint', 'point de reprise'),
  words('chapter', 'chapitre'),
  words('edition', 'édition'),
  words('taken', 'pris le'),
  words('nodes', 'nœuds'),
  words('size', 'taille'),
  words('frozen for', 'gelé pendant'),
];

function checkpointLines(checkpoints: readonly Checkpoint[], { language, colour }: Page): string[] {
  if (checkpoints.length === 0) return [say(nothingYet, language)];
  const palette = createPalette(colour);
  const head = titles.map((title) => palette.dim(say(title, language)));
  const rows = checkpoints.map((checkpoint) => [
    checkpoint.name === null ? say(endOfChapter, language) : palette.bold(checkpoint.name),
    chapter(checkpoint),
    checkpoint.edition,
    localTime(checkpoint.takenAt),
    String(checkpoint.nodes.length),
    formatBytes(checkpoint.bytes, language),
    frozen(checkpoint.frozenSeconds, language),
  ]);
  const keptByItself = checkpoints.some(({ name }) => name?.startsWith(keptByLabPrefix));
  return [...alignColumns([head, ...rows]), ...(keptByItself ? ['', say(keptByLab, language)] : [])];
}

const endOfChapter = words('(end of chapter)', '(fin de chapitre)');

function chapter({ chapter: id, state }: Checkpoint): string {
  return id === null ? '-' : `${id}${state === 'done' ? ' ✔' : ''}`;
}

/** Of a lab whose nodes were stopped: not at all. */
function frozen(seconds: number, language: Language): string {
  return seconds === 0 ? '-' : formatSeconds(seconds, language);
}

/** As the clock on the wall said, and so that it sorts: 2026-11-23 16:21. */
function localTime(instant: string): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
