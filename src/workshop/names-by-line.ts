// The names in a workshop, for who presses Tab: its files are looked at line by line, as they are written by everybody.
// Reading YAML, let alone checking it, takes longer than a person waits for a key. Who writes theirs in another layout is
// proposed fewer names, and misses nothing else. A file that can't be read has none.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language } from '../model/words.ts';
import { chapterNumber, chapterSlug } from './chapter-folder.ts';

export interface NamedChapter {
  readonly id: string;
  readonly slug: string;
  /** Below `chapters`. */
  readonly folder: string;
  /** Empty where it is not in the first line. */
  readonly title: string;
}

export function nodesByLine(workshop: string): readonly string[] {
  return keysOf(read(workshop, 'workshop.yml'), 'nodes');
}

export function editionsByLine(workshop: string): readonly string[] {
  return keysOf(read(workshop, 'workshop.yml'), 'editions');
}

/** In their order. */
export function chaptersByLine(workshop: string, language: Language): readonly NamedChapter[] {
  const folders = list(join(workshop, 'chapters')).filter((name) => /^\d+-[a-z]/.test(name));
  return folders
    .map((folder) => ({
      id: `chapter-${String(chapterNumber(folder))}`,
      slug: chapterSlug(folder),
      folder,
      title: /^title: *"?(.*?)"?$/m.exec(read(workshop, 'chapters', folder, `${language}.yml`))?.[1] ?? '',
    }))
    .sort((a, b) => chapterNumber(a.folder) - chapterNumber(b.folder));
}

export function stepsByLine(workshop: string, chapter: NamedChapter): readonly string[] {
  const text = read(workshop, 'chapters', chapter.folder, 'chapter.yml');
  return Array.from(text.matchAll(/^ {2}- id: *([a-z0-9-]+)$/gm), ([, id = '']) => id);
}

/** The keys one level below a key of the first level. */
function keysOf(text: string, key: string): readonly string[] {
  const block = new RegExp(String.raw`^${key}:\n((?:(?: .*|#.*)?\n)*)`, 'm').exec(`${text}\n`)?.[1] ?? '';
  return Array.from(block.matchAll(/^ {2}([a-z0-9-]+):/gm), ([, name = '']) => name);
}

function read(...path: readonly string[]): string {
  try {
    return readFileSync(join(...path), 'utf8');
  } catch {
    return '';
  }
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
