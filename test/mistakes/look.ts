import { type ChapterStart } from '../../src/model/chapter-start.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type RecordedAnswer } from './recording.ts';
import { type Said } from './verdicts.ts';

/** What one look at a chapter's checks saw, tidied, and what was made of it. */
export interface Look {
  readonly said: readonly Said[];
  readonly now: string;
  readonly nodes: Readonly<Record<string, NodeState>>;
  readonly start: ChapterStart | null;
  readonly answers: readonly RecordedAnswer[];
}
