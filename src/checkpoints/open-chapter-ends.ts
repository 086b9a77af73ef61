import { type Checkpoint } from '../model/checkpoint.ts';
import { type ChapterId, type EditionName } from '../model/ids.ts';
import { type RestoredHistory } from '../model/lab-history.ts';
import { type Workshop } from '../model/workshop.ts';
import { nodesUpTo } from '../model/chapters-up-to.ts';
import { currentChapterEndKeys } from './chapter-end-key.ts';
import {
  type CurrentKeys,
  keepChapterEnd,
  listChapterEnds,
  removeStaleChapterEnds,
  whileChapterEndsStay,
} from './chapter-ends.ts';
import { type CopyInto } from './make-checkpoint.ts';

/** The ends of chapters that a home keeps, of one edition and of the definitions as they are now. */
export interface ChapterEnds {
  /** None while the edition's images aren't built. */
  list(): Promise<readonly Checkpoint[]>;
  /** Does nothing when that end is kept already. */
  keep(chapter: ChapterId, history: RestoredHistory, copyInto: CopyInto): Promise<void>;
  /** Nobody removes one of them meanwhile. */
  whileKept<T>(work: () => Promise<T>): Promise<T>;
  /** Those of other definitions go. */
  removeStale(): Promise<void>;
}

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
    removeStale: async () => {
      await removeStaleChapterEnds(place, await currentKeys(deps));
    },
  };
}

function currentKeys({ workshop, edition, images }: ChapterEndsDependencies): Promise<CurrentKeys> {
  return currentChapterEndKeys(workshop, (image) => images.layersOf(edition, image));
}
