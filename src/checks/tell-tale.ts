import { type Words } from '../model/words.ts';

/** A line of a service's log that gives its trouble away. */
export interface TellTale {
  /** The service that writes it: `etcd`. */
  readonly unit: string;
  readonly pattern: RegExp;
  /** What it means, for someone who has not seen it before. */
  cause(match: RegExpExecArray): Words;
  /** Often no more than a passing state: counts only when no other line tells anything. */
  readonly passing?: boolean;
}
