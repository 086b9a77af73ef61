import { type ChapterId, type NodeName } from './ids.ts';
import { type Target } from './target.ts';
import { type Action, type Chapter, type Check, type NodeDefinition, type Step, type Workshop } from './workshop.ts';

/** The chapters that a lab at the end of `last` has behind it, in their order. */
export function chaptersUpTo(workshop: Workshop, last: ChapterId): readonly Chapter[] {
  const index = workshop.chapters.findIndex((chapter) => chapter.id === last);
  return workshop.chapters.slice(0, index + 1);
}

/** The nodes that exist in a lab at `last`, in the order of the workshop. */
export function nodesUpTo(workshop: Workshop, last: ChapterId): readonly NodeDefinition[] {
  const names = new Set(chaptersUpTo(workshop, last).flatMap((chapter) => chapter.nodes));
  return workshop.nodes.filter((node) => names.has(node.name));
}

/** The nodes that a step touches or looks at; a role or no target may mean any node so far. */
export function nodesOfStep(workshop: Workshop, chapter: Chapter, step: Step): readonly NodeName[] {
  const parts: readonly (Action | Check)[] = [...step.actions, ...step.checks];
  const names = new Set(parts.flatMap((part) => staticNodes(workshop, chapter, part.on)));
  return workshop.nodes.map((node) => node.name).filter((name) => names.has(name));
}

/** The nodes that a step's actions change: when one of them is new, the step is to be done again. */
export function nodesChangedBy(workshop: Workshop, chapter: Chapter, step: Step): readonly NodeName[] {
  const names = new Set(
    step.actions.flatMap((action) => (action.on?.kind === 'role' ? [] : staticNodes(workshop, chapter, action.on))),
  );
  return workshop.nodes.map((node) => node.name).filter((name) => names.has(name));
}

function staticNodes(workshop: Workshop, chapter: Chapter, target: Target | undefined): readonly NodeName[] {
  if (target?.kind === 'node') return [target.node];
  if (target?.kind === 'group') return target.nodes;
  return nodesUpTo(workshop, chapter.id).map((node) => node.name);
}
