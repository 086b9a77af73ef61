import { checkChapter, nodesOf } from './check-chapter.ts';
import { checkReplacedSteps } from './check-replaced-steps.ts';
import { checkShape } from './check-shape.ts';
import { checkWorkshopFile } from './check-workshop-file.ts';
import { type WorkshopDeps } from './kinds.ts';
import { knownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { readingMistakes, type WorkshopSources } from './workshop-sources.ts';
import { workshopFileSchema } from './workshop-schema.ts';

/** Everything wrong in a workshop's files, in no particular order. Without mistakes `buildWorkshop` can't fail. */
export function checkWorkshop(sources: WorkshopSources, deps: WorkshopDeps): readonly Mistake[] {
  const { workshop, chapters, folders } = sources;
  const names = workshop.value === undefined ? undefined : knownNames(workshop);
  return [
    ...readingMistakes(sources),
    ...checkShape(workshop, workshopFileSchema),
    ...(names === undefined ? [] : checkWorkshopFile(workshop, names, folders)),
    ...chapters.flatMap((chapter, index) => {
      const before = chapters.slice(0, index);
      const nodesBefore = before.flatMap((earlier) => nodesOf(earlier.chapter));
      return [...checkChapter(chapter, deps, names, nodesBefore), ...checkReplacedSteps(chapter, before)];
    }),
  ];
}
