import { type ChapterId, type EditionName, type NodeName } from './ids.ts';
import { type RestoredHistory } from './lab-history.ts';

/** Of one's own that lab took by itself: `lab-kept-ACTION`, before that action took something away. */
export const keptByLabPrefix = 'lab-kept-';

/** The state of all nodes of a lab at one instant, on the disk. */
export interface Checkpoint {
  /** Absolute; what `NodeCopies.replace` takes. */
  readonly folder: string;
  /** One's own have a name, the end of a chapter has none. */
  readonly name: string | null;
  /** Where the lab was; null with nothing done. */
  readonly chapter: ChapterId | null;
  readonly state: 'open' | 'done' | null;
  readonly edition: EditionName;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly history: RestoredHistory;
  readonly nodes: readonly CheckpointNode[];
  /** For how long the nodes stood still when it was taken. */
  readonly frozenSeconds: number;
  /** On disk. */
  readonly bytes: number;
}

export interface CheckpointNode {
  readonly name: NodeName;
  readonly image: string;
}
