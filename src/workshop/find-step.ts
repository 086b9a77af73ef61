import { words } from '../model/words.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { unknownName } from './unknown-name.ts';

/** By its id, or its number in the chapter. Throws `step-unknown` (exit status 2) with the steps and the nearest one. */
export function findStep(chapter: Chapter, text: string): Step {
  const found = chapter.steps.find((step, index) => step.id === text || String(index + 1) === text);
  if (found !== undefined) return found;
  const candidates = chapter.steps.map(({ id }) => id);
  const what = words(`${chapter.id} has no step "${text}".`, `${chapter.id} n'a pas d'étape « ${text} ».`);
  const all = words(`Its steps are: ${candidates.join(', ')}.`, `Ses étapes : ${candidates.join(', ')}.`);
  throw unknownName('step-unknown', what, { text, candidates, all });
}
