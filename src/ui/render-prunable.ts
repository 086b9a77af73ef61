import { dirname } from 'node:path';
import { type PrunableKind, prunableKinds, type Weighed } from '../model/prunable.ts';
import { words, type Words } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { formatBytes } from './format-quantity.ts';
import { jsonLine } from './json-line.ts';
import { alignColumns } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { say } from './say.ts';
import { shownInRows } from './shown.ts';

const kindWords: Readonly<Record<PrunableKind, Words>> = {
  layer: words('image layer', "couche d'image"),
  pool: words('package pool', 'réserve de paquets'),
  download: words('download', 'téléchargement'),
  build: words('cut-off build', 'construction interrompue'),
  'chapter-end': words('end of a chapter', 'fin de chapitre'),
  draft: words('unfinished draft', 'brouillon inachevé'),
  transcript: words('old transcripts', 'anciennes transcriptions'),
};

/** `lab prune`: what nothing needs, or what was removed of it. */
export function renderPrunable(
  found: readonly Weighed[],
  { removed }: { readonly removed: boolean },
  page: Page,
): void {
  const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  if (page.format === 'json') {
    page.write(jsonLine({ removed, bytes, prunable: found }));
    return;
  }
  page.write(`${[...(removed ? [] : table(found, page)), summary(found.length, bytes, removed, page)].join('\n')}\n`);
}

function table(found: readonly Weighed[], { language, colour }: Page): string[] {
  if (found.length === 0) return [];
  const palette = createPalette(colour);
  const head = [words('what', 'quoi'), words('on disk', 'sur disque'), words('where', 'où')];
  const ordered = prunableKinds.flatMap((kind) => found.filter((one) => one.kind === kind));
  const rows = shownInRows(transcriptsTogether(ordered)).map(({ kind, bytes, path }) => [
    say(kindWords[kind], language),
    formatBytes(bytes, language),
    path,
  ]);
  return [...alignColumns([head.map((title) => palette.dim(say(title, language))), ...rows]), ''];
}

/** Those of a lab on one line. */
function transcriptsTogether(found: readonly Weighed[]): readonly Weighed[] {
  const folders = new Map<string, Weighed>();
  for (const one of found.filter(({ kind }) => kind === 'transcript')) {
    const path = dirname(one.path);
    folders.set(path, { ...one, path, bytes: one.bytes + (folders.get(path)?.bytes ?? 0) });
  }
  return [...found.filter(({ kind }) => kind !== 'transcript'), ...folders.values()];
}

function summary(count: number, bytes: number, removed: boolean, { language }: Page): string {
  const size = formatBytes(bytes, language);
  if (removed) return say(words(`Removed: ${size}.`, `Supprimé : ${size}.`), language);
  return say(
    count === 0
      ? words(
          'Nothing to remove: everything in this home is needed.',
          'Rien à supprimer : tout ce qui est dans ce dossier sert encore.',
        )
      : words(`Nothing needs them any more: ${size}.`, `Plus rien n'en a besoin : ${size}.`),
    language,
  );
}
