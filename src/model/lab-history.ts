import { type ChapterStart } from './chapter-start.ts';
import { type InjectedFault } from './fault.ts';
import { type ChapterId, type EditionName, type NodeName, type StepId } from './ids.ts';

/** What the journal of a lab says was done. It is memory: what is really so is observed again. */
export interface LabHistory {
  /** null: the lab was never created. */
  readonly edition: EditionName | null;
  /** What it was made from; null where it isn't known. */
  readonly workshop: { readonly name: string; readonly directory: string | null } | null;
  readonly chapter: { readonly id: ChapterId; readonly state: 'open' | 'done' } | null;
  /** By `stepKey`. */
  readonly steps: ReadonlyMap<string, StepRecord>;
  /** Nodes whose creation was begun and not finished. */
  readonly unfinishedNodes: ReadonlySet<NodeName>;
  /** How the cluster was when each chapter began. */
  readonly starts: ReadonlyMap<ChapterId, ChapterStart>;
  /** A person had a shell or ran a command in a node since the lab was made or restored. */
  readonly touched: boolean;
  /** What a restore that was begun and neither finished nor undone leads to; null = there is none. */
  readonly restoring: RestoredHistory | null;
  /** How many hints were given, by `stepKey`. */
  readonly hints: ReadonlyMap<string, number>;
  /** Injected and not healed. */
  readonly faults: readonly InjectedFault[];
}

/** Of a lab that was never created. */
export const emptyHistory: LabHistory = {
  edition: null,
  workshop: null,
  chapter: null,
  steps: new Map(),
  unfinishedNodes: new Set(),
  starts: new Map(),
  touched: false,
  restoring: null,
  hints: new Map(),
  faults: [],
};

/** What a checkpoint knows of the lab that it was taken of; as in LabHistory, in a form that can be written down. */
export interface RestoredHistory {
  readonly chapter: { readonly id: ChapterId; readonly state: 'open' | 'done' } | null;
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly starts: Readonly<Record<string, ChapterStart>>;
  readonly touched: boolean;
}

export interface StepRecord {
  readonly state: 'completed' | 'failed' | 'interrupted';
  readonly fingerprint: string;
  /** Nodes that were made since it was completed; empty again once a chapter is completed with them. */
  readonly newer?: readonly NodeName[];
}

export function stepKey(chapter: ChapterId, step: StepId): string {
  return `${chapter}/${step}`;
}
