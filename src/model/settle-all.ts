import { LabError } from './errors.ts';
import { words } from './words.ts';

/** So many more are named; a whole lab may fail for one reason. */
const mostNamed = 3;

/**
 * As Promise.all, but comes back only when all of it has ended: nothing goes on working on a node once its failure was
 * told and the lab's lock is free. Throws what failed first, with what failed after it for another reason named in it.
 */
export async function settleAll<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }>;
export async function settleAll<T>(work: Iterable<T | PromiseLike<T>>): Promise<Awaited<T>[]>;
export async function settleAll(work: Iterable<unknown>): Promise<unknown> {
  const errors: unknown[] = [];
  const ended = await Promise.allSettled(
    [...work].map((one) =>
      Promise.resolve(one).catch((error: unknown) => {
        errors.push(error);
      }),
    ),
  );
  if (errors.length > 0) throw withOthers(errors[0], errors.slice(1));
  return ended.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
}

function withOthers(first: unknown, later: readonly unknown[]): unknown {
  if (!(first instanceof LabError)) return first;
  const others = new Map(
    later
      .map((error) => (error instanceof LabError ? error.what : words(String(error), String(error))))
      .map((what) => [what.en, what]),
  );
  others.delete(first.what.en);
  if (others.size === 0) return first;
  const named = [...others.values()].slice(0, mostNamed);
  const more = others.size - named.length;
  return new LabError(
    first.code,
    words(
      `${first.what.en} (Also: ${named.map(({ en }) => en).join('; ')}${more > 0 ? `; and ${more} more` : ''})`,
      `${first.what.fr} (Et aussi : ${named.map(({ fr }) => fr).join(' ; ')}${more > 0 ? ` ; et ${more} de plus` : ''})`,
    ),
    { exit: first.exit, ...(first.hint && { hint: first.hint }), cause: first },
  );
}
