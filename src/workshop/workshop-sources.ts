import { join } from 'node:path';
import { splitChapterFile } from '../model/chapter-file-path.ts';
import { type Mistake } from './mistake.ts';
import { items, child, rootOf, textOf, type Part } from './part.ts';
import { type WorkshopFiles } from './read-files.ts';
import { parseSource } from './source.ts';

/** The files of a workshop as YAML with positions; their content has not been checked. */
export interface WorkshopSources {
  readonly workshop: Part;
  /** Those of workshop.yml's list whose folder is there, in the order of the list. */
  readonly chapters: readonly ChapterSources[];
  /** Names of all folders below chapters/. */
  readonly folders: readonly string[];
}

export interface ChapterSources {
  /** `01-etcd` */
  readonly folder: string;
  readonly chapter: Part;
  readonly en: Part;
  readonly fr: Part;
  /** undefined: the chapter has none. */
  readonly mistakes: Part | undefined;
  /** Those of its own files/ by their path there, those of earlier chapters with the folder before it. */
  readonly files: ReadonlyMap<string, TemplateFile>;
}

/** `file` is how messages name it. */
export interface TemplateFile {
  readonly file: string;
  readonly text: string;
}

export function workshopSources({ directory, workshop, folders }: WorkshopFiles): WorkshopSources {
  const read = (text: string | undefined, ...path: readonly string[]) =>
    rootOf(parseSource(join(directory, ...path), text));
  const root = read(workshop, 'workshop.yml');
  const listed = new Set(items(child(root, 'chapters')).flatMap((item) => textOf(item) ?? []));
  const earlier = new Map<string, TemplateFile>();
  const chapters = [...listed].flatMap((folder): readonly ChapterSources[] => {
    const content = folders.get(folder);
    if (content === undefined) return [];
    const below = ['chapters', folder];
    const own = [...content.files]
      .filter(([name]) => splitChapterFile(name).folder === null)
      .map(([name, text]) => [name, { file: join(directory, ...below, 'files', name), text }] as const);
    const files = new Map([...own, ...earlier]);
    for (const [name, file] of own) earlier.set(`${folder}/${name}`, file);
    return [
      {
        folder,
        chapter: read(content.chapter, ...below, 'chapter.yml'),
        en: read(content.en, ...below, 'en.yml'),
        fr: read(content.fr, ...below, 'fr.yml'),
        mistakes: content.mistakes === undefined ? undefined : read(content.mistakes, ...below, 'mistakes.yml'),
        files,
      },
    ];
  });
  return { workshop: root, chapters, folders: [...folders.keys()] };
}

/** Files that are missing or are not YAML, and keys given twice. */
export function readingMistakes({ workshop, chapters }: WorkshopSources): readonly Mistake[] {
  const parts = [
    workshop,
    ...chapters.flatMap(({ chapter, en, fr, mistakes = [] }) => [chapter, en, fr].concat(mistakes)),
  ];
  return parts.flatMap((part) => part.source.mistakes);
}
