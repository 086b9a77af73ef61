import { LabError } from '../model/errors.ts';
import { type ItemOutcome, type ItemPart } from '../model/events.ts';
import { verbatim, type Words } from '../model/words.ts';
import { type LabSession } from './session.ts';

export interface Item {
  readonly item: string;
  readonly part: ItemPart;
  readonly title: Words;
}

/**
 * A piece of work with its beginning and its end announced: a started item is always finished, whatever happens. Work
 * that returns `unchanged` had nothing to do.
 */
export async function announced(
  session: Pick<LabSession, 'announce' | 'signal'>,
  item: Item,
  work: () => Promise<unknown>,
): Promise<void> {
  session.signal.throwIfAborted();
  const started = performance.now();
  const finish = (outcome: ItemOutcome, error?: Words): void => {
    const seconds = (performance.now() - started) / 1000;
    session.announce({ kind: 'item-finished', item: item.item, outcome, seconds, ...(error && { error }) });
  };
  session.announce({ kind: 'item-started', ...item });
  try {
    const result = await work();
    finish(result === 'unchanged' ? 'unchanged' : 'done');
  } catch (error) {
    if (session.signal.aborted) finish('interrupted');
    else finish('failed', error instanceof LabError ? error.what : verbatim(String(error)));
    throw error;
  }
}
