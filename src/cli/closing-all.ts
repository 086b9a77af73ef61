interface Closable {
  close(): Promise<void>;
}

/**
 * Closes each of them after the work, whatever came of it and of the others. A failure to close (a full disk) is thrown
 * only where the work did not fail: it never hides why.
 */
export async function closingAll<T>(closables: readonly Closable[], work: () => Promise<T>): Promise<T> {
  const [ended] = await Promise.allSettled([work()]);
  const failures: unknown[] = [];
  for (const one of closables)
    await one.close().catch((error: unknown) => {
      failures.push(error);
    });
  if (ended.status === 'rejected') throw ended.reason;
  if (failures.length > 0) throw failures[0];
  return ended.value;
}
