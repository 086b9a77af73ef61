import { type ChapterId, type CheckId, type NodeName, type StepId } from './ids.ts';
import { type Words } from './words.ts';

/** How an observation compares with what is expected. `unknown`: it could not be observed, which is not the learner's fault. */
export type Judgement =
  | { readonly verdict: 'pass'; readonly expected: Words; readonly seen: Words }
  | {
      readonly verdict: 'fail';
      readonly expected: Words;
      readonly seen: Words;
      /** The likely cause, with file and line where there is one. */
      readonly cause?: Words;
      /** More exact than the chapter's own hint for this check. */
      readonly hint?: Words;
      /** Waiting won't change it (a wrong file): not retried within the deadline. */
      readonly final?: boolean;
    }
  | { readonly verdict: 'unknown'; readonly expected: Words; readonly seen: Words };

/** One check, observed for one node, as in CLI.md "lab verify --format json". */
export interface CheckResult {
  readonly id: CheckId;
  readonly chapter: ChapterId;
  readonly step: StepId;
  /** null for a check of the whole cluster. */
  readonly node: NodeName | null;
  readonly title: Words;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** With `unknown`: the look did not come back, or saw nothing. Another one may. */
  readonly unanswered?: true;
  readonly expected: Words;
  readonly seen: Words;
  readonly cause: Words | null;
  readonly hint: Words | null;
  /** What a person would type to see the same. */
  readonly command: string;
  readonly attempts: number;
  readonly seconds: number;
}
