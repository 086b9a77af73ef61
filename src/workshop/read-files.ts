import { readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { words, type Words } from '../model/words.ts';
import { mistakeAt, type Mistake } from './mistake.ts';
import { openInside, pathInside } from './open-inside.ts';
import { readRegularFile } from './read-regular-file.ts';

/** The text of everything under labs/NAME that counts, not yet understood. */
export interface WorkshopFiles {
  /** As it was given: how messages name the files. */
  readonly directory: string;
  /** undefined: there is no workshop.yml. */
  readonly workshop: string | undefined;
  /** By folder name: `01-etcd`. */
  readonly folders: ReadonlyMap<string, ChapterFiles>;
  /** What was not read, and why: links, pipes, devices, what is too large. */
  readonly refused: readonly Mistake[];
}

export interface ChapterFiles {
  readonly chapter: string | undefined;
  readonly en: string | undefined;
  readonly fr: string | undefined;
  readonly mistakes: string | undefined;
  /** By path below files/. */
  readonly files: ReadonlyMap<string, string>;
}

/** Of all folders of a workshop together. */
export const mostEntries = 1000;
/** Of all its files together. */
const mostMebibytes = 32;

/** A folder that is held open, and how messages name it. */
interface Place {
  readonly folder: FileHandle;
  readonly name: string;
  readonly reading: Reading;
}

/** What has been read of the workshop so far. */
interface Reading {
  entries: number;
  bytes: number;
  readonly refused: Mistake[];
}

export async function readWorkshopFiles(directory: string): Promise<WorkshopFiles> {
  const reading: Reading = { entries: 0, bytes: 0, refused: [] };
  const nothing = { directory, workshop: undefined, folders: new Map(), refused: reading.refused };
  const opened = await openInside(directory, 'folder', 'followed');
  if (opened.kind === 'refused') refuse(reading, directory, opened.why);
  if (opened.kind !== 'open') return nothing;
  const root = { folder: opened.handle, name: directory, reading };
  try {
    const workshop = await readText(root, 'workshop.yml');
    const folders = await within(root, 'chapters', readChapters, new Map<string, ChapterFiles>());
    const tooMuch = reading.entries > mostEntries || reading.bytes > mostMebibytes * 1024 * 1024;
    if (tooMuch) refuse(reading, directory, isTooMuch);
    return { ...nothing, workshop, folders };
  } finally {
    await opened.handle.close();
  }
}

/** One after the other, so that what is too much is noticed before all of it is in memory. */
async function readChapters(place: Place): Promise<ReadonlyMap<string, ChapterFiles>> {
  const chapters = new Map<string, ChapterFiles>();
  const folders = (await entriesOf(place)).filter((entry) => !entry.isFile() && !entry.name.startsWith('.'));
  for (const name of folders.map((entry) => entry.name).sort()) {
    const chapter = await within(place, name, readChapterFiles, null);
    if (chapter !== null) chapters.set(name, chapter);
  }
  return chapters;
}

async function readChapterFiles(place: Place): Promise<ChapterFiles> {
  const [chapter, en, fr, mistakes, files] = await Promise.all([
    readText(place, 'chapter.yml'),
    readText(place, 'en.yml'),
    readText(place, 'fr.yml'),
    readText(place, 'mistakes.yml'),
    within(place, 'files', readTree, new Map<string, string>()),
  ]);
  return { chapter, en, fr, mistakes, files };
}

/** By path below the place. */
async function readTree(place: Place): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await entriesOf(place)) {
    const { name } = entry;
    if (entry.isDirectory()) {
      const inner = await within(place, name, readTree, new Map<string, string>());
      for (const [path, text] of inner) files.set(join(name, path), text);
    } else if (entry.isFile() || !name.startsWith('.')) {
      // An editor's lock is a hidden link: nobody means that as a part of the workshop.
      const text = await readText(place, name);
      if (text !== undefined) files.set(name, text);
    }
  }
  return files;
}

/** `absent` where there is no such folder, and where it is refused. */
async function within<T>(place: Place, name: string, read: (inner: Place) => Promise<T>, absent: T): Promise<T> {
  const { reading } = place;
  const inner = join(place.name, name);
  const opened = await openInside(pathInside(place.folder, name), 'folder');
  if (opened.kind === 'refused') refuse(reading, inner, opened.why);
  if (opened.kind !== 'open') return absent;
  try {
    return await read({ folder: opened.handle, name: inner, reading });
  } finally {
    await opened.handle.close();
  }
}

/** None once there are too many. */
async function entriesOf({ folder, reading }: Place) {
  const entries = await readdir(pathInside(folder), { withFileTypes: true });
  reading.entries += entries.length;
  return reading.entries > mostEntries ? [] : entries;
}

/** undefined where there is none, where it is refused, and once too much has been read. */
async function readText({ folder, name, reading }: Place, file: string): Promise<string | undefined> {
  if (reading.bytes > mostMebibytes * 1024 * 1024) return undefined;
  const read = await readRegularFile(pathInside(folder, file));
  if (read.kind === 'refused') refuse(reading, join(name, file), read.why);
  if (read.kind !== 'text') return undefined;
  reading.bytes += read.text.length;
  return read.text;
}

function refuse({ refused }: Reading, file: string, why: Words): void {
  refused.push(mistakeAt({ file, text: '' }, 0, why));
}

const isTooMuch = words(
  `a workshop has ${String(mostEntries)} files and folders, and ${String(mostMebibytes)} MiB, at most`,
  `un atelier a ${String(mostEntries)} fichiers et dossiers, et ${String(mostMebibytes)} Mio, au plus`,
);
