import { type ChapterId, type EditionName, type NodeName, type StepId } from './ids.ts';

/** What a line of a lab's journal says. */
export type JournalFact =
  | { readonly kind: 'lab-created'; readonly edition: EditionName; readonly workshop: string }
  /** Which chapter the lab works on. */
  | { readonly kind: 'chapter-opened'; readonly chapter: ChapterId }
  | { readonly kind: 'chapter-completed'; readonly chapter: ChapterId }
  | { readonly kind: 'node-creation-started'; readonly node: NodeName; readonly image: string }
  | { readonly kind: 'node-created'; readonly node: NodeName; readonly image: string }
  | { readonly kind: 'step-started'; readonly chapter: ChapterId; readonly step: StepId; readonly fingerprint: string }
  | {
      readonly kind: 'step-completed';
      readonly chapter: ChapterId;
      readonly step: StepId;
      readonly fingerprint: string;
    }
  | { readonly kind: 'step-failed'; readonly chapter: ChapterId; readonly step: StepId; readonly error: string };
