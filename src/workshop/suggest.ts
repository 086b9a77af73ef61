import { nearest } from '../model/nearest.ts';
import { verbatim, words, type Words } from '../model/words.ts';

const mostListed = 8;

/** What follows "is not known": the nearest right word, else the right words where they are few. */
export function suggest(word: string, candidates: Iterable<string>): Words {
  const known = [...candidates];
  const near = nearest(word, known);
  if (near !== undefined) return didYouMean(near);
  if (known.length === 0 || known.length > mostListed) return verbatim('');
  return words(`; known: ${listed(known)}`, ` ; au choix : ${listed(known)}`);
}

export function didYouMean(near: string): Words {
  return words(`; did you mean \`${near}\`?`, ` ; vouliez-vous dire \`${near}\` ?`);
}

export function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
