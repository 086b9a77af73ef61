import { words } from '../model/words.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { unknownName } from './unknown-name.ts';

/** By name. Throws `edition-unknown` (exit status 2) with the editions and the nearest one. */
export function findEdition(workshop: Pick<Workshop, 'editions'>, text: string): Edition {
  const { editions } = workshop;
  const found = editions.find((edition) => edition.name === text);
  if (found !== undefined) return found;
  const candidates = editions.map((edition) => edition.name);
  const list = editions.map((edition) => edition.name).join(', ');
  const all = words(`The editions are: ${list}.`, `Les éditions : ${list}.`);
  const what = words(`There is no edition "${text}".`, `Il n'y a pas d'édition « ${text} ».`);
  throw unknownName('edition-unknown', what, { text, candidates, all });
}
