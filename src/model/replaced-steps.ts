// Later chapters change on purpose what earlier ones made: etcd's http becomes https. PURE.

import { type LabHistory, stepKey } from './lab-history.ts';
import { type Workshop } from './workshop.ts';

/**
 * Steps that need no longer be so in this lab, each with the step that replaces it; both by `stepKey`. From the moment
 * that the replacing step's chapter has begun: while a person works on it, half of the old is still there.
 */
export function replacedSteps(
  workshop: Workshop,
  { starts, steps }: Pick<LabHistory, 'starts' | 'steps'>,
): ReadonlyMap<string, string> {
  const replaced = workshop.chapters.flatMap((chapter) =>
    chapter.steps
      .filter((step) => starts.has(chapter.id) || steps.has(stepKey(chapter.id, step.id)))
      .flatMap((step) => step.replaces.map((key) => [key, stepKey(chapter.id, step.id)] as const)),
  );
  return new Map(replaced);
}
