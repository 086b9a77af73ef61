import { once, setMaxListeners } from 'node:events';
import { nodesOfStep } from '../model/chapters-up-to.ts';
import { type ChapterId } from '../model/ids.ts';
import { type StepPlace } from '../model/replaced-steps.ts';
import { settleAll } from '../model/settle-all.ts';
import { type CheckResult } from '../model/verdict.ts';
import { awaitChecks } from './await-checks.ts';
import { checksToLookAt } from './checks-to-look-at.ts';
import { type LabSession } from './session.ts';
import { type NodesStarted } from './start-nodes.ts';
import { findStep, type StepItem } from './step-item.ts';

export interface Confirming {
  readonly steps: readonly StepItem[];
  readonly target: ChapterId;
  readonly nodes: NodesStarted;
  /** Once replicas of nodes that were started again follow their leader. */
  readonly awake: Promise<unknown>;
  /** Nobody waits for the answer any more. */
  readonly needless: AbortSignal;
}

/**
 * The steps to confirm before anything is done: nothing is changed by looking, so they are looked at side by side. What
 * does not come true is done in its turn.
 */
export async function confirmTogether(
  session: LabSession,
  { steps, target, nodes, awake, needless }: Confirming,
): Promise<readonly CheckResult[]> {
  const firstToDo = steps.findIndex((item) => item.kind === 'do-step' || item.kind === 'renew-step');
  const leading = firstToDo === -1 ? steps : steps.slice(0, firstToDo);
  const toConfirm = leading.filter((item) => item.kind === 'confirm-step');
  if (toConfirm.length === 0) return [];
  const places = toConfirm.map((item) => findStep(session, item));
  const nodesOf = ({ chapter, step }: StepPlace) =>
    nodesOfStep(session.workshop, chapter, step).flatMap((name) => nodes.get(name) ?? []);
  const there = await settleAll(places.map((place) => allFulfilled(nodesOf(place))));
  // Checks that look again and again take what the nodes need to come up.
  await Promise.race([awake, aborted(needless)]);
  const seconds = Math.max(...toConfirm.map((item) => item.withinSeconds ?? 0));
  // A node that fails is reported where it was started, and nothing is done on it: its looks would only take their time.
  const confirmable = places.filter((_, index) => there[index]);
  const placed = confirmable.flatMap((place) => checksToLookAt(session, target, place));
  const signal = AbortSignal.any([session.signal, needless]);
  // Each of many questions at once listens to it.
  setMaxListeners(0, signal);
  return awaitChecks({ ...session, signal }, placed, { kind: 'seconds', seconds });
}

async function allFulfilled(all: readonly Promise<unknown>[]): Promise<boolean> {
  return (await Promise.allSettled(all)).every(({ status }) => status === 'fulfilled');
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
