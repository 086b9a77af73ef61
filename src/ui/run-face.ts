import { type Announce } from '../model/events.ts';
import { type ChapterId } from '../model/ids.ts';
import { type Language, type Words } from '../model/words.ts';
import { type OutputStream } from './open-sink.ts';
import { type OutputFormat } from './page.ts';

export interface RunFaceOptions {
  /** `pretty` draws only on a terminal; elsewhere the lines of `plain` are written. */
  readonly format: OutputFormat;
  readonly language: Language;
  readonly colour: boolean;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Asked for every frame; without it the stream's own width. */
  readonly columns?: (() => number | undefined) | undefined;
  /** Plain lines also name every command that was run. */
  readonly verbose?: boolean;
  readonly chapterTitles?: Readonly<Record<ChapterId, Words>> | undefined;
  /** Milliseconds, from any beginning. */
  readonly now?: () => number;
}

/** Draws what a run announces. */
export interface RunFace {
  readonly announce: Announce;
  /**
   * Waits until everything is drawn and gives the terminal back. Call it whatever happened, before writing anything
   * else. Throws when output was lost, not when its reader has gone.
   */
  close(): Promise<void>;
}
