import { type EditionName } from '../model/ids.ts';
import { type Workshop } from '../model/workshop.ts';
import { nodesUpTo } from '../model/chapters-up-to.ts';
import { currentChapterEndKeys } from './chapter-end-key.ts';
import {
  type CurrentKeys,
  keepChapterEnd,
  listChapterEnds,
  removableChapterEnds,
  removeStaleChapterEnds,
  whileChapterEndsStay,
} from './chapter-ends.ts';
import { type ChapterEnds } from './kept-ends.ts';

export interface ChapterEndsDependencies {
  readonly home: string;
  readonly workshop: Workshop;
  readonly edition: EditionName;
  readonly images: {
    isPrepared(edition: EditionName): Promise<boolean>;
    layersOf(edition: EditionName, image: string): Promise<readonly string[]>;
  };
  readonly now: () => Date;
}

export function openChapterEnds(deps: ChapterEndsDependencies): ChapterEnds {
  const { workshop, edition } = deps;
  const place = { home: deps.home, workshop: workshop.name, edition };
  return {
    list: async () => {
      if (!(await deps.images.isPrepared(edition))) return [];
      return listChapterEnds(place, await currentKeys(deps));
    },
    keep: async (chapter, history, copyInto) => {
      const nodes = nodesUpTo(workshop, chapter).map(({ name, image }) => ({ name, image }));
      const facts = { chapter, state: 'done', edition, takenAt: deps.now().toISOString(), history, nodes } as const;
      await keepChapterEnd(place, await currentKeys(deps), facts, copyInto);
    },
    whileKept: (work) => whileChapterEndsStay(place, work),
    removable: async () =>
      (await deps.images.isPrepared(edition)) ? removableChapterEnds(place, await currentKeys(deps)) : [],
    removeStale: async () => {
      await removeStaleChapterEnds(place, await currentKeys(deps));
    },
  };
}

function currentKeys({ workshop, edition, images }: ChapterEndsDependencies): Promise<CurrentKeys> {
  return currentChapterEndKeys(workshop, (image) => images.layersOf(edition, image));
}
