import { type Words } from './words.ts';

/** What a person needs to know once a verb that changes the lab has failed or was interrupted (CLI.md, "Exit status"). */
export interface RunFailure {
  readonly stoppedAt: Words;
  readonly done: readonly Words[];
  readonly untouched: readonly Words[];
  /** How to go on. */
  readonly next: Words;
  /** Path of the transcript. */
  readonly transcript: string;
}
