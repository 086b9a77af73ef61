// A new lab need not be built step by step where the end of a chapter is kept. PURE.

import { chaptersUpTo, nodesUpTo } from '../model/chapters-up-to.ts';
import { type ChapterId, type NodeName } from '../model/ids.ts';
import { stepKey, type StepRecord } from '../model/lab-history.ts';
import { type NodeState } from '../model/observation.ts';
import { type PlanItem } from '../model/plan.ts';
import { type Chapter } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { type PlanUpInput } from './plan-input.ts';

/** The latest end of a chapter on the way, when the lab has no node that it would replace. */
export function endToRestore(input: PlanUpInput): ChapterId | null {
  if ([...input.observation.nodes.values()].some((state) => state !== 'absent')) return null;
  const ends = chaptersToDo(input).filter(({ id }) => input.chapterEnds.includes(id));
  return ends.at(-1)?.id ?? null;
}

export function restoreItem(chapter: ChapterId): PlanItem {
  const reason = words(
    `the lab has no nodes, and the end of ${chapter} is kept`,
    `le lab n'a pas de nœuds, et la fin de ${chapter} est conservée`,
  );
  return { kind: 'restore-checkpoint', chapter, reason };
}

/** What will be there once the end of that chapter is restored. */
export function asRestored(input: PlanUpInput, end: ChapterId): PlanUpInput {
  const done = chaptersUpTo(input.workshop, end).flatMap((chapter) =>
    chapter.steps.map((step): [string, StepRecord] => [
      stepKey(chapter.id, step.id),
      { state: 'completed', fingerprint: step.fingerprint },
    ]),
  );
  const there = new Set(nodesUpTo(input.workshop, end).map(({ name }) => name));
  const nodes = input.workshop.nodes.map(({ name }): [NodeName, NodeState] => [
    name,
    there.has(name) ? 'stopped' : 'absent',
  ]);
  return {
    ...input,
    history: { ...input.history, steps: new Map(done), unfinishedNodes: new Set() },
    observation: { ...input.observation, nodes: new Map(nodes) },
    observedSteps: new Map(),
  };
}

/** The chapters whose steps have to be done. */
export function chaptersToDo({ workshop, target, to }: PlanUpInput): readonly Chapter[] {
  const chapters = chaptersUpTo(workshop, target);
  return to === 'end' ? chapters : chapters.slice(0, -1);
}
