import { type ChapterId, type NodeName, type StepId } from './ids.ts';
import { type Plan } from './plan.ts';
import { type CheckResult } from './verdict.ts';
import { type Words } from './words.ts';

/**
 * What a run announces; faces draw it, the transcript keeps it. `item` names a line of work ("step chapter-1/install",
 * "node etcd1", "image base"); a started item is always finished, also by an interruption.
 */
export type LabEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'item-started'; readonly item: string; readonly title: Words; readonly part: ItemPart }
  | { readonly kind: 'item-progress'; readonly item: string; readonly text: Words }
  | {
      readonly kind: 'item-finished';
      readonly item: string;
      readonly outcome: ItemOutcome;
      readonly seconds: number;
      readonly error?: Words;
    }
  | {
      readonly kind: 'command-ran';
      readonly item: string;
      readonly node: NodeName | null;
      readonly argv: readonly string[];
      readonly exitStatus: number | null;
      readonly seconds: number;
      /** stdout and stderr. Listeners have it and `argv` without secrets (redactEvent). */
      readonly output: string;
    }
  | { readonly kind: 'check-judged'; readonly item: string; readonly result: CheckResult }
  /** A figure that the step is about, beside what it may be at most; null = there is no bound. */
  | {
      readonly kind: 'measured';
      readonly item: string;
      readonly what: Words;
      readonly seconds: number;
      readonly boundSeconds: number | null;
    }
  | { readonly kind: 'notice'; readonly text: Words };

export type ItemOutcome = 'done' | 'unchanged' | 'failed' | 'interrupted';

export type ItemPart =
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'network' }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'node'; readonly node: NodeName }
  | { readonly kind: 'step'; readonly chapter: ChapterId; readonly step: StepId };

export type Announce = (event: LabEvent) => void;
