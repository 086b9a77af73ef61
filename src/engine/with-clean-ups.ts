// What an action puts back when it ends, whatever ended it.

import { setMaxListeners } from 'node:events';
import { type ActionContext, type CleanUp } from '../actions/kind.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type LabSession } from './session.ts';

/** Of each clean-up by itself. Who doesn't want to wait for it interrupts once more, which ends lab at once. */
const ownSeconds = 10;

interface Registered {
  readonly work: (context: ActionContext) => Promise<unknown>;
}

/**
 * Runs `work`, and then what it registered and has not done itself, the last one first. A clean-up that fails is
 * announced; it is thrown only where nothing failed before it.
 */
export async function withCleanUps<T>(
  session: LabSession,
  contextOf: (session: LabSession, cleanUp: ActionContext['cleanUp']) => ActionContext,
  work: (context: ActionContext) => Promise<T>,
  seconds = ownSeconds,
): Promise<T> {
  const left: Registered[] = [];
  const cleanUp = (one: Registered['work']): CleanUp => {
    const registered = { work: one };
    left.push(registered);
    const forget = (): void => {
      const at = left.indexOf(registered);
      if (at >= 0) left.splice(at, 1);
    };
    const now = async (): Promise<void> => {
      await one(context);
      forget();
    };
    return { now, forget };
  };
  const context = contextOf(session, cleanUp);
  const [ended] = await Promise.allSettled([work(context)]);
  const failures: unknown[] = [];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    const { work: undo } = one;
    await inTimeOfItsOwn(session, seconds, (own) => undo(contextOf(own, cleanUp))).catch((error: unknown) => {
      failures.push(error);
      session.announce({ kind: 'notice', text: notPutBack(error) });
    });
  }
  if (ended.status === 'rejected') throw ended.reason;
  if (failures.length > 0) throw failures[0];
  return ended.value;
}

/** The session as it was, but for the interruption. Comes back when the time is over, also when the work doesn't. */
async function inTimeOfItsOwn(
  session: LabSession,
  seconds: number,
  work: (own: LabSession) => Promise<unknown>,
): Promise<void> {
  const time = new AbortController();
  setMaxListeners(0, time.signal);
  const over = new Promise<never>((_, reject) => {
    time.signal.addEventListener('abort', () => reject(tooLong(seconds)));
  });
  const timer = setTimeout(() => time.abort(tooLong(seconds)), seconds * 1000);
  const own: LabSession = {
    ...session,
    get history() {
      return session.history;
    },
    signal: time.signal,
  };
  try {
    await Promise.race([work(own), over]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLong(seconds: number): LabError {
  return new LabError('clean-up-too-long', words(`not within ${seconds} s`, `pas en ${seconds} s`), {
    exit: exitStatus.failed,
  });
}

function notPutBack(error: unknown): ReturnType<typeof words> {
  const what = error instanceof LabError ? error.what : words(String(error), String(error));
  return words(
    `What the step had taken away could not be put back: ${what.en}. "lab heal" and "lab up" try again.`,
    `Ce que l'étape avait retiré n'a pas pu être remis en place : ${what.fr}. « lab heal » et « lab up » réessaient.`,
  );
}
