import { type ChapterId, type EditionName, type NodeName, type StepId } from './ids.ts';

/** What the journal of a lab says was done. It is memory: what is really so is observed again. */
export interface LabHistory {
  /** null: the lab was never created. */
  readonly edition: EditionName | null;
  readonly chapter: { readonly id: ChapterId; readonly state: 'open' | 'done' } | null;
  /** By `stepKey`. */
  readonly steps: ReadonlyMap<string, StepRecord>;
  /** Nodes whose creation was begun and not finished. */
  readonly unfinishedNodes: ReadonlySet<NodeName>;
}

export interface StepRecord {
  readonly state: 'completed' | 'failed' | 'interrupted';
  readonly fingerprint: string;
}

export function stepKey(chapter: ChapterId, step: StepId): string {
  return `${chapter}/${step}`;
}
