// When a service was stopped, out of what systemd wrote down; pure. Times are microseconds since 1970.

import { type JournalLine } from '../probes/journal-lines.ts';
import { messageIds } from '../probes/service-state.ts';

export interface StopInterval {
  readonly fromUs: number;
  /** null: it has not been started again. */
  readonly toUs: number | null;
}

/**
 * The times for which the service was down while its node kept running. A stop that belongs to the node's own stop is
 * none of them: what is written next is written in another boot.
 */
export function stopIntervals(lines: readonly JournalLine[]): readonly StopInterval[] {
  const inOrder = [...lines].sort((one, other) => one.atUs - other.atUs);
  const start: { readonly intervals: readonly StopInterval[]; readonly down: JournalLine | null } = {
    intervals: [],
    down: null,
  };
  const { intervals, down } = inOrder.reduce(({ intervals, down: before }, line) => {
    const down = before?.boot === line.boot ? before : null;
    const change = changeOf(line);
    if (change === 'down') return { intervals, down: down ?? line };
    if (change === null || down === null) return { intervals, down };
    return { intervals: [...intervals, { fromUs: down.atUs, toUs: line.atUs }], down: null };
  }, start);
  return down === null ? intervals : [...intervals, { fromUs: down.atUs, toUs: null }];
}

function changeOf({ messageId, invocation }: JournalLine): 'up' | 'down' | null {
  // A start that a condition prevented has the same number, and no invocation.
  if (messageId === messageIds.started) return invocation === null ? null : 'up';
  const ends: readonly (string | null)[] = [messageIds.stopped, messageIds.endedWell, messageIds.failed];
  return ends.includes(messageId) ? 'down' : null;
}

export interface CommonStop {
  readonly names: readonly string[];
  readonly fromUs: number;
  readonly toUs: number | null;
}

/** The time at which most of them were down together, the latest of those; null when none ever was. */
export function greatestCommonStop(stops: ReadonlyMap<string, readonly StopInterval[]>): CommonStop | null {
  let most: CommonStop | null = null;
  const starts = Array.from(stops.values())
    .flatMap((intervals) => intervals.map(({ fromUs }) => fromUs))
    .sort((one, other) => one - other);
  for (const fromUs of starts) {
    const down = Array.from(stops).flatMap(([name, intervals]) => {
      const interval = intervals.find((one) => one.fromUs <= fromUs && (one.toUs === null || one.toUs > fromUs));
      return interval === undefined ? [] : [{ name, toUs: interval.toUs }];
    });
    if (down.length < (most?.names.length ?? 1)) continue;
    const ends = down.flatMap(({ toUs }) => toUs ?? []);
    most = { names: down.map(({ name }) => name), fromUs, toUs: ends.length === 0 ? null : Math.min(...ends) };
  }
  return most;
}
