import { type CheckOutcome, type PlacedCheck, runCheck } from '../checks/run-check.ts';
import { settleAll } from '../model/settle-all.ts';
import { type CheckResult } from '../model/verdict.ts';
import { waitUntil } from '../model/wait-until.ts';
import { type LabSession, look, type LookSession } from './session.ts';

/** How long checks get to come true: each its own deadline, or the same for all (seconds; 0 = one look). */
export type Patience = { readonly kind: 'own' } | { readonly kind: 'seconds'; readonly seconds: number };

interface Waiting {
  readonly placed: PlacedCheck;
  readonly seconds: number;
  /** A person who waits may be mending the file meanwhile; `lab up` has nobody who does. */
  readonly heedsFinal: boolean;
  attempts: number;
  outcomes: readonly CheckOutcome[];
}

type CheckSession = LookSession & Pick<LabSession, 'checkKinds'>;

/** Looks at the checks side by side, again and again until each has passed, is final, or its deadline is over. */
export async function awaitChecks(
  session: CheckSession,
  checks: readonly PlacedCheck[],
  patience: Patience,
): Promise<readonly CheckResult[]> {
  const started = performance.now();
  const waiting = checks.map((placed): Waiting => ({
    placed,
    seconds: deadline(session, placed, patience),
    heedsFinal: patience.kind === 'own',
    attempts: 0,
    outcomes: [],
  }));
  const open = (): readonly Waiting[] => waiting.filter((one) => isOpen(one, (performance.now() - started) / 1000));
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
  const longest = Math.max(0, ...waiting.map((one) => one.seconds));
  await waitUntil(lookOnce, { withinSeconds: longest, signal: session.signal });
  return waiting.flatMap((one) => one.outcomes.map((outcome) => ({ ...outcome.result, attempts: one.attempts })));
}

function isOpen(one: Waiting, elapsedSeconds: number): boolean {
  if (one.attempts === 0) return true;
  if (elapsedSeconds > one.seconds) return false;
  return one.outcomes.some((outcome) => outcome.result.verdict !== 'pass' && !(one.heedsFinal && outcome.final));
}

function deadline(session: CheckSession, placed: PlacedCheck, patience: Patience): number {
  if (patience.kind === 'seconds') return patience.seconds;
  return placed.check.withinSeconds ?? session.checkKinds.get(placed.check.kind)?.withinSeconds ?? 0;
}
