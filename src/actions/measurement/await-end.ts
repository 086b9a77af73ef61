import { type Bound } from '../../model/measurement.ts';
import { words } from '../../model/words.ts';
import { type Scenario } from '../../ledger/scenarios.ts';
import { type ActionContext } from '../kind.ts';
import { type LedgerClients } from './ledger-clients.ts';
import { type KeyWatch } from './watch-leader-key.ts';

/** What is watched while the clients write; moments are milliseconds since 1970. */
export interface Watched {
  readonly clients: LedgerClients;
  readonly keys: KeyWatch;
  readonly bound: Bound;
  readonly leaderBefore: string;
  readonly faultAt: number;
}

/** So long writes have to go well before the service counts as back. */
const calmSeconds = 2;
/** A record of less than this after the last answer is no answer yet: clients tell every 50 ms. */
const recentMilliseconds = 500;

/** Comes back once writes have gone wrong and are well again, or plainly don't go wrong; at the latest well after the bound. */
export async function awaitEnd(
  context: ActionContext,
  scenario: Scenario,
  watched: Watched,
  limits: { readonly leastSeconds: number; readonly healedAt: number | null },
): Promise<void> {
  const { bound, faultAt } = watched;
  const from = limits.healedAt ?? faultAt;
  const latest = from + (1.5 * bound.seconds + 10) * 1000;
  const earliest = Math.max(faultAt + limits.leastSeconds * 1000, from + calmSeconds * 1000);
  const over = async (): Promise<boolean> => {
    const now = Date.now();
    if (now >= latest) return true;
    return now >= earliest && isOver(scenario, watched, limits.healedAt, now);
  };
  const patience = (Math.max(latest, earliest) - Date.now()) / 1000 + 5;
  await context.waitFor(words('writes are accepted again', 'les écritures sont de nouveau acceptées'), patience, over);
}

function isOver(scenario: Scenario, watched: Watched, healedAt: number | null, now: number): boolean {
  const { bound, faultAt } = watched;
  if (!areWell(watched, now)) return false;
  if (scenario.endsWith === 'leader-change') return changedLong(watched, now);
  if (healedAt !== null) return true;
  // Nothing went wrong so far: it still may until the bound is over.
  return lastFailure(watched) !== null || now > faultAt + (bound.seconds + calmSeconds) * 1000;
}

/** Rows are acknowledged now, and none has failed for a while. */
function areWell(watched: Watched, now: number): boolean {
  const failed = lastFailure(watched);
  const acknowledged = watched.clients.record.writes.findLast(({ outcome }) => outcome === 'acknowledged');
  if (acknowledged === undefined || acknowledged.done < now - recentMilliseconds) return false;
  return failed === null || failed < now - calmSeconds * 1000;
}

export function lastFailure({ clients, faultAt }: Watched): number | null {
  const failed = clients.record.writes.findLast(({ outcome }) => outcome !== 'acknowledged');
  return failed === undefined || failed.done < faultAt ? null : failed.done;
}

function changedLong({ keys, faultAt, leaderBefore }: Watched, now: number): boolean {
  const change = keys.changes.find(({ at, holder }) => at >= faultAt && holder !== null && holder !== leaderBefore);
  return change !== undefined && change.at < now - calmSeconds * 1000;
}
