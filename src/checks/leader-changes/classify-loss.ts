// How a leader came to lose the lead, out of what its own node wrote down; pure. Times are seconds since 1970.

import { type JournalLine } from '../../probes/journal-lines.ts';
import { messageIds } from '../../probes/service-state.ts';

/**
 * `stop`: Patroni was stopped in good order. `kill`: the node died without a word. `freeze`: it was overtaken while it
 * still ran, without noticing: node frozen, Patroni hanging. `switchover`: it handed over on request. `step-down`: it gave
 * up by itself, as without etcd. `crash`: its Patroni ended and nobody stopped it.
 */
export const leaderLosses = ['stop', 'kill', 'freeze', 'switchover', 'step-down', 'crash'] as const;
export type Loss = (typeof leaderLosses)[number];

/** What the old leader's node has in its journal around the moment of the promotion. */
export interface LossEvidence {
  /** The last start, stop or failure of Patroni before it. */
  readonly lastChange: JournalLine | null;
  /** The last line "Demoting self (…)" before it. */
  readonly lastDemotion: JournalLine | null;
  /** The node's newest line of all. */
  readonly newest: JournalLine | null;
  /** A line that the node wrote after it, in the boot in which `lastChange` was written; null = none. */
  readonly afterInSameBoot: JournalLine | null;
}

/** A step-down so long before the promotion is another story. */
export const stepDownSeconds = 60;

/** null when the journal doesn't reach back so far. */
export function classifyLoss(evidence: LossEvidence, promotedAt: number): Loss | null {
  const { lastChange, lastDemotion, newest, afterInSameBoot } = evidence;
  if (lastChange === null) return null;
  if (lastChange.messageId === messageIds.failed) return 'crash';
  if (lastChange.messageId !== messageIds.started) return 'stop';
  if (newest?.boot !== lastChange.boot && afterInSameBoot === null) return 'kill';
  if (lastDemotion !== null && promotedAt - lastDemotion.atUs / 1e6 < stepDownSeconds)
    return lastDemotion.message.includes('(graceful)') ? 'switchover' : 'step-down';
  return 'freeze';
}
