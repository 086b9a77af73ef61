import { type EditionName, type LabName } from './ids.ts';
import { type ChapterPosition } from './lab-status.ts';

/** One line of `lab list`. */
export interface LabSummary {
  readonly name: LabName;
  readonly edition: EditionName;
  /** null in a lab with nothing done. */
  readonly chapter: ChapterPosition | null;
  readonly nodes: { readonly running: number; readonly total: number };
  /** What the lab takes on disk beyond the images that all labs share. */
  readonly bytes: number;
}
