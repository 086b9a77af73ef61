/**
 * The candidate that a person most likely meant with `word`, or undefined when none is near. Case does not count; among
 * equally near ones the first wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= tolerated(word, candidate)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** One slip in three letters; never so many that nothing of the word is left. */
function tolerated(word: string, candidate: string): number {
  const longer = Math.max(word.length, candidate.length);
  return Math.min(Math.max(1, Math.floor(longer / 3)), word.length - 1);
}

/**
 * Damerau-Levenshtein: insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other.
 * (The restricted form, "optimal string alignment": no letter is touched twice.)
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
