import { join } from 'node:path';
import { type Chapter } from './workshop.ts';

/**
 * `patroni.yml` stands in the chapter's own files/; `02-patroni/patroni.yml` in that of an earlier chapter, so that what
 * a later chapter writes again has no second copy. The loader has seen that the file is there.
 */
export function chapterFilePath(chapter: Chapter, name: string): string {
  const { folder, file } = splitChapterFile(name);
  return folder === null
    ? join(chapter.directory, 'files', file)
    : join(chapter.directory, '..', folder, 'files', file);
}

/** `folder` is null for a file of the chapter itself. */
export function splitChapterFile(name: string): { readonly folder: string | null; readonly file: string } {
  const [, folder = null, file = name] = /^([0-9]{2}-[^/]+)\/(.+)$/.exec(name) ?? [];
  return { folder, file };
}
