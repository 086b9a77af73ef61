import { type NodeName } from './ids.ts';

/** As in CLI.md, "Node states". */
export type NodeState = 'absent' | 'stopped' | 'running' | 'frozen';

/** What the provider sees of a lab at one moment. */
export interface LabObservation {
  /** `foreign`: something that lab did not make has that name. */
  readonly network: 'absent' | 'present' | 'foreign';
  readonly nodes: ReadonlyMap<NodeName, NodeState>;
}
