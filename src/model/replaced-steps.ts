// Later chapters change on purpose what earlier ones made: etcd's http becomes https. PURE.

import { type LabHistory, stepKey } from './lab-history.ts';
import { type Chapter, type Step, type Workshop } from './workshop.ts';

export interface StepPlace {
  readonly chapter: Chapter;
  readonly step: Step;
}

/**
 * Steps that need no longer be so in this lab, by `stepKey`, each with the step that replaces it. From the moment that
 * the replacing step's chapter has begun: while a person works on it, half of the old is still there.
 */
export function replacedSteps(
  workshop: Workshop,
  { starts, steps }: Pick<LabHistory, 'starts' | 'steps'>,
): ReadonlyMap<string, StepPlace> {
  const replaced = workshop.chapters.flatMap((chapter) =>
    chapter.steps
      .filter((step) => starts.has(chapter.id) || steps.has(stepKey(chapter.id, step.id)))
      .flatMap((step) => step.replaces.map((key) => [key, { chapter, step }] as const)),
  );
  return new Map(replaced);
}
