// Where checkpoints lie. Pure.

import { join } from 'node:path';
import { labPaths } from '../model/home-paths.ts';
import { type ChapterId, type EditionName, type LabName } from '../model/ids.ts';

/** The ends of chapters of one edition of a workshop, shared by all labs of the home. */
export interface ChapterEndsPlace {
  readonly home: string;
  /** The workshop's name. */
  readonly workshop: string;
  readonly edition: EditionName;
}

export function chapterEndsDirectory({ home, workshop, edition }: ChapterEndsPlace): string {
  return join(home, 'checkpoints', workshop, edition);
}

/** Held shared by who takes or restores one of them, alone by who removes some. */
export function chapterEndsLock(place: ChapterEndsPlace): string {
  return join(chapterEndsDirectory(place), 'lock');
}

export function chapterEndFolder(place: ChapterEndsPlace, chapter: ChapterId, key: string): string {
  return join(chapterEndsDirectory(place), `${chapter}-${key}`);
}

/** `chapter-3-0123abcd` → `chapter-3`; undefined for what isn't the end of a chapter. */
export function chapterOfFolder(name: string): ChapterId | undefined {
  return /^(chapter-\d+)-[0-9a-f]+$/.exec(name)?.[1] as ChapterId | undefined;
}

/** One's own. */
export function ownDirectory(home: string, lab: LabName): string {
  return join(labPaths(home, lab).directory, 'checkpoints');
}

/** What is not finished, and what is about to be removed, begins with it: no checkpoint's name does. */
export const unfinished = '.tmp-';
