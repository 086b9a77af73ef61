import { type ChapterId, type EditionName, type LabName } from './ids.ts';
import { type CheckResult } from './verdict.ts';
import { type Words } from './words.ts';

/** What `lab verify` found, in the order of the chapter's steps. */
export interface VerifyReport {
  readonly lab: LabName;
  readonly edition: EditionName;
  readonly chapter: ChapterId;
  readonly chapterTitle?: Words;
  readonly passed: boolean;
  readonly counts: { readonly pass: number; readonly fail: number; readonly unknown: number };
  readonly seconds: number;
  readonly checks: readonly CheckResult[];
  /** Titles of steps that a later chapter replaced: they are not looked at. */
  readonly replaced: readonly Words[];
  /** Keys of steps that come after the open one and have not been tried: people are not told what fails there. */
  readonly notBegun: readonly string[];
  /** The next thing to type. */
  readonly next: Words | null;
  /** By `stepKey` (lab-history.ts); a step without a title is shown by its id. */
  readonly stepTitles: Readonly<Record<string, Words>>;
}
