import { type NodeName } from './ids.ts';

/** The failures that `lab fault` injects, as in CLI.md. */
export const faultNames = [
  'stop-patroni',
  'kill-node',
  'freeze',
  'kill-postgres',
  'kill-patroni',
  'partition',
  'loss',
  'slow',
  'delay',
  'disk-full',
] as const;
export type FaultName = (typeof faultNames)[number];

export interface InjectedFault {
  readonly fault: FaultName;
  /** The node it hits; for a partition between two nodes, both. */
  readonly nodes: readonly NodeName[];
}
