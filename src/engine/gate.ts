/**
 * Opens once all of it is done and breaks at the first failure. For work that somebody else waits for to its end: what
 * stands behind the gate has not begun.
 */
export async function gate(all: Iterable<unknown>): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax
  await Promise.all(all);
}
