import { openJournal } from '../journal/open-journal.ts';
import { labPaths } from '../model/home-paths.ts';
import { type Invocation } from './invocation.ts';
import { type World } from './services.ts';

/**
 * `work` lets a person do things in the lab, beside whatever other command is at work there. Noted first: from then on the
 * lab's state may be a person's work, and the ends of its chapters are not kept for others.
 */
export async function visiting<T>(world: World, invocation: Invocation, work: () => Promise<T>): Promise<T> {
  const services = await world.services(invocation);
  return services.whileVisited(invocation.lab, async () => {
    await noteTouched(world, invocation);
    return work();
  });
}

/** The visit is known already: a restore that ends meanwhile notes it again. */
async function noteTouched(world: World, { home, lab }: Invocation): Promise<void> {
  const journal = await openJournal(labPaths(home, lab).journal, 'by-hand', () => world.now());
  try {
    if (!journal.history.touched) await journal.append({ kind: 'touched-by-hand' });
  } finally {
    await journal.close();
  }
}
