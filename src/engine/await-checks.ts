import { type CheckOutcome, type PlacedCheck, runCheck } from '../checks/run-check.ts';
import { settleAll } from '../model/settle-all.ts';
import { machineNow } from '../clock/machine-time.ts';
import { type CheckResult } from '../model/verdict.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { type LabSession, look, type LookSession } from './session.ts';

/**
 * How long checks get to come true: each its own deadline, or the same for all (0 = one look). Seconds of the machine's own
 * time; of those that a person asked for (`asked`), the clock's.
 */
export type Patience = { readonly kind: 'own' } | { readonly kind: 'seconds' | 'asked'; readonly seconds: number };

/** Seconds that a check whose look did not come back is looked at beyond that: slowness is never an answer. */
const unansweredSeconds = 30;

interface Waiting {
  readonly placed: PlacedCheck;
  readonly seconds: number;
  /** Looks, or seconds, that an unanswered one gets beyond that. A person who waits asks again. */
  readonly unanswered: { readonly looks: number; readonly seconds: number };
  /** A person who waits may be mending the file meanwhile; `lab up` has nobody who does. */
  readonly heedsFinal: boolean;
  attempts: number;
  outcomes: readonly CheckOutcome[];
}

type CheckSession = LookSession & Pick<LabSession, 'checkKinds'>;

/**
 * Looks at the checks side by side, again and again until each has passed, is final, or its deadline is over. What is
 * `unanswered` then was not seen in several looks.
 */
export async function awaitChecks(
  session: CheckSession,
  checks: readonly PlacedCheck[],
  patience: Patience,
): Promise<readonly CheckResult[]> {
  const now = patience.kind === 'asked' ? () => performance.now() : machineNow;
  const started = now();
  const waiting = checks.map((placed): Waiting => ({
    placed,
    seconds: deadline(session, placed, patience),
    unanswered: patience.kind === 'asked' ? { looks: 2, seconds: 0 } : { looks: 2, seconds: unansweredSeconds },
    heedsFinal: patience.kind === 'own',
    attempts: 0,
    outcomes: [],
  }));
  const open = (): readonly Waiting[] => waiting.filter((one) => isOpen(one, (now() - started) / 1000));
  const lookOnce = async (): Promise<boolean> => {
    const reach = await look(session);
    await settleAll(
      open().map(async (one) => {
        one.outcomes = await runCheck(reach, session.checkKinds, one.placed);
        one.attempts += 1;
      }),
    );
    return open().length === 0;
  };
  // Each check has its deadline; nothing is open behind the last of them.
  await waitUntil(lookOnce, { withinSeconds: Number.POSITIVE_INFINITY, signal: session.signal });
  return waiting.flatMap((one) => one.outcomes.map((outcome) => ({ ...outcome.result, attempts: one.attempts })));
}

function isOpen(one: Waiting, elapsedSeconds: number): boolean {
  if (one.attempts === 0) return true;
  if (elapsedSeconds <= one.seconds)
    return one.outcomes.some((outcome) => outcome.result.verdict !== 'pass' && !(one.heedsFinal && outcome.final));
  const { looks, seconds } = one.unanswered;
  return (
    one.outcomes.some(({ result }) => result.unanswered === true) &&
    (one.attempts < looks || elapsedSeconds <= one.seconds + seconds)
  );
}

function deadline(session: CheckSession, placed: PlacedCheck, patience: Patience): number {
  if (patience.kind !== 'own') return patience.seconds;
  return placed.check.withinSeconds ?? session.checkKinds.get(placed.check.kind)?.withinSeconds ?? 0;
}
