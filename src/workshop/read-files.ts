import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The text of everything under labs/NAME that counts, not yet understood. */
export interface WorkshopFiles {
  /** As it was given: how messages name the files. */
  readonly directory: string;
  /** undefined: there is no workshop.yml. */
  readonly workshop: string | undefined;
  /** By folder name: `01-etcd`. */
  readonly folders: ReadonlyMap<string, ChapterFiles>;
}

export interface ChapterFiles {
  readonly chapter: string | undefined;
  readonly en: string | undefined;
  readonly fr: string | undefined;
  readonly mistakes: string | undefined;
  /** By path below files/. */
  readonly files: ReadonlyMap<string, string>;
}

export async function readWorkshopFiles(directory: string): Promise<WorkshopFiles> {
  const [workshop, names] = await Promise.all([
    readText(join(directory, 'workshop.yml')),
    foldersIn(join(directory, 'chapters')),
  ]);
  const folders = await Promise.all(
    names.map(async (name) => [name, await readChapterFiles(join(directory, 'chapters', name))] as const),
  );
  return { directory, workshop, folders: new Map(folders) };
}

async function readChapterFiles(folder: string): Promise<ChapterFiles> {
  const [chapter, en, fr, mistakes, files] = await Promise.all([
    readText(join(folder, 'chapter.yml')),
    readText(join(folder, 'en.yml')),
    readText(join(folder, 'fr.yml')),
    readText(join(folder, 'mistakes.yml')),
    readTree(join(folder, 'files')),
  ]);
  return { chapter, en, fr, mistakes, files };
}

async function readTree(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await orWhenAbsent(readdir(folder, { withFileTypes: true, recursive: true }), []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const);
  return new Map(await Promise.all(read));
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await orWhenAbsent(readdir(folder, { withFileTypes: true }), []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return folders.map((entry) => entry.name).sort();
}

async function readText(path: string): Promise<string | undefined> {
  return orWhenAbsent(readFile(path, 'utf8'), undefined);
}

async function orWhenAbsent<T, Absent>(reading: Promise<T>, absent: Absent): Promise<T | Absent> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && absentCodes.has(error.code)) return absent;
    throw error;
  }
}

/** A folder where a file should be is no file either. */
const absentCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);
