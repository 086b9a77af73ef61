import { type Checkpoint } from '../model/checkpoint.ts';
import { type ChapterId } from '../model/ids.ts';
import { type RestoredHistory } from '../model/lab-history.ts';

/** The ends of chapters that a home keeps, of one edition and of the definitions as they are now. */
export interface ChapterEnds {
  /** None while the edition's images aren't built. */
  list(): Promise<readonly Checkpoint[]>;
  /** Does nothing when that end is kept already. */
  keep(
    chapter: ChapterId,
    history: RestoredHistory,
    copyInto: (folder: string) => Promise<{ readonly frozenSeconds: number; readonly bytes: number }>,
  ): Promise<void>;
  /** Nobody removes one of them meanwhile. */
  whileKept<T>(work: () => Promise<T>): Promise<T>;
  /** Folders of those of other definitions, and of unfinished ones; none while the edition's images aren't built. */
  removable(): Promise<readonly string[]>;
  /** Those of other definitions go. */
  removeStale(): Promise<void>;
}
