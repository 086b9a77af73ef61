import { type ChapterStart } from './chapter-start.ts';
import { type FaultName } from './fault.ts';
import { type ChapterId, type EditionName, type NodeName, type StepId } from './ids.ts';
import { type RestoredHistory } from './lab-history.ts';

/** What a line of a lab's journal says. */
export type JournalFact =
  | {
      readonly kind: 'lab-created';
      readonly edition: EditionName;
      /** Its name. */
      readonly workshop: string;
      /** Where it lay then; older labs don't know. */
      readonly directory?: string;
    }
  /** Which chapter the lab works on. */
  | { readonly kind: 'chapter-opened'; readonly chapter: ChapterId }
  | { readonly kind: 'chapter-completed'; readonly chapter: ChapterId }
  /** How the cluster was before the chapter's first step. */
  | { readonly kind: 'chapter-begun'; readonly chapter: ChapterId; readonly start: ChapterStart }
  | { readonly kind: 'node-creation-started'; readonly node: NodeName; readonly image: string }
  | { readonly kind: 'node-created'; readonly node: NodeName; readonly image: string }
  | { readonly kind: 'step-started'; readonly chapter: ChapterId; readonly step: StepId; readonly fingerprint: string }
  | {
      readonly kind: 'step-completed';
      readonly chapter: ChapterId;
      readonly step: StepId;
      readonly fingerprint: string;
    }
  | { readonly kind: 'step-failed'; readonly chapter: ChapterId; readonly step: StepId; readonly error: string }
  /** A person had a shell or ran a command in a node: its state is no longer lab's work alone. */
  | { readonly kind: 'touched-by-hand' }
  /** Before the nodes are replaced by those of a checkpoint, or by none; `restored` or `restore-undone` follows. */
  | { readonly kind: 'restore-started'; readonly history: RestoredHistory }
  | { readonly kind: 'restored' }
  | { readonly kind: 'restore-undone' }
  | { readonly kind: 'hint-given'; readonly chapter: ChapterId; readonly step: StepId }
  | { readonly kind: 'fault-started'; readonly fault: FaultName; readonly nodes: readonly NodeName[] }
  | { readonly kind: 'fault-healed'; readonly fault: FaultName; readonly nodes: readonly NodeName[] };
