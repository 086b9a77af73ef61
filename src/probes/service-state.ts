import { type NodeName } from '../model/ids.ts';
import { journalLines, type JournalLine } from './journal-lines.ts';
import { seen, type Observed, type Reach } from './reach.ts';
import { systemdUnit, type SystemdUnit } from './systemd-unit.ts';

/** A service, and what it said if it doesn't run. */
export interface ServiceState {
  readonly unit: SystemdUnit;
  /** Of its last start on, oldest first; empty when the service runs or was stopped in good order. */
  readonly lines: readonly JournalLine[];
}

/** systemd's catalogue numbers (systemd/sd-messages.h). */
export const messageIds = {
  starting: '7d4958e842da4a758f6c1cdc7b36dcc5',
  /** Also of a start that was skipped because of a condition; then the line names no invocation. */
  started: '39f53479d3a045ac8e11786248231fbf',
  stopping: 'de5b426a63be47a7b6ac3eaac82e2f6f',
  stopped: '9d1aaa27d60140bd96365438aad20286',
  endedWell: '7ad2d189f7e94e70a38c781354912448',
  failed: 'd9b373ed55a64feb8242e02dbe79a49c',
  /** Of the node itself. */
  startupFinished: 'eed00a68ffd84e31882105fd973abdd1',
} as const;

const lastLines = 60;

export async function serviceState(reach: Reach, node: NodeName, unit: string): Promise<Observed<ServiceState>> {
  const found = await systemdUnit(reach, node, unit);
  if (found.kind === 'unseen') return found;
  const { active, result, conditionUnmet } = found.value;
  const inOrder = active === 'active' || (active === 'inactive' && result === 'success' && !conditionUnmet);
  if (inOrder) return seen({ unit: found.value, lines: [] });
  const lines = await journalLines(reach, node, { unit, thisBoot: true, last: lastLines });
  if (lines.kind === 'unseen') return lines;
  return seen({ unit: found.value, lines: sinceLastStart(lines.value) });
}

/** A service that tells systemd when it is ready has a line "Starting", any other one only "Started". */
export function sinceLastStart(lines: readonly JournalLine[]): readonly JournalLine[] {
  const starting = lines.findLastIndex((line) => line.messageId === messageIds.starting);
  const start = starting >= 0 ? starting : lines.findLastIndex((line) => line.messageId === messageIds.started);
  return lines.slice(Math.max(start, 0));
}
