import { type ItemOutcome } from '../model/events.ts';
import { words, type Words } from '../model/words.ts';

/** How a line of work ended, with its time already written out. */
export function outcomeWords(outcome: ItemOutcome, time: Words): Words {
  switch (outcome) {
    case 'done':
      return words(`done in ${time.en}`, `fait en ${time.fr}`);
    case 'unchanged':
      return words('nothing to do', 'rien à faire');
    case 'failed':
      return words(`failed after ${time.en}`, `échec après ${time.fr}`);
    case 'interrupted':
      return words(`interrupted after ${time.en}`, `interrompu après ${time.fr}`);
  }
}
