import { type ChapterId, type NodeName } from '../model/ids.ts';
import { type PlanItem } from '../model/plan.ts';
import { type Workshop } from '../model/workshop.ts';

/** The items of a plan by when they start their nodes. */
export interface NodesByTurn {
  readonly atOnce: readonly PlanItem[];
  /** Nodes that are made for a chapter whose steps come after those of another one. */
  readonly withChapter: ReadonlyMap<ChapterId, readonly PlanItem[]>;
}

/**
 * New nodes come one chapter ahead: while the last step of the chapter before theirs is at work. All at once they would
 * take the processor from the first chapter's steps. A node that was there before is started at once: steps that only
 * have to be confirmed are looked at together, when all nodes are there. PURE.
 */
export function nodesByTurn(workshop: Workshop, items: readonly PlanItem[]): NodesByTurn {
  const later = laterNodes(workshop, items);
  const withChapter = new Map<ChapterId, PlanItem[]>();
  const atOnce: PlanItem[] = [];
  for (const item of items) {
    const chapter = 'node' in item ? later.get(item.node) : undefined;
    if (chapter === undefined) atOnce.push(item);
    else withChapter.set(chapter, [...(withChapter.get(chapter) ?? []), item]);
  }
  return { atOnce, withChapter };
}

function laterNodes(workshop: Workshop, items: readonly PlanItem[]): ReadonlyMap<NodeName, ChapterId> {
  if (items.some((item) => item.kind === 'confirm-step')) return new Map();
  const made = new Set(items.flatMap((item) => (item.kind === 'create-node' ? [item.node] : [])));
  const [, ...chapters] = [...new Set(items.flatMap((item) => ('step' in item ? [item.chapter] : [])))];
  return new Map(
    chapters.flatMap((id) => {
      const nodes = workshop.chapters.find((chapter) => chapter.id === id)?.nodes ?? [];
      return nodes.filter((node) => made.has(node)).map((node): [NodeName, ChapterId] => [node, id]);
    }),
  );
}
