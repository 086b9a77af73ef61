import { type NodeName } from '../model/ids.ts';

/** Copies of all nodes of one lab and of its volumes at one instant, and the way back to them. The caller holds the lab's lock. */
export interface NodeCopies {
  /**
   * Freezes those of the nodes that run, copies all of them and the volumes into `folder`, thaws what it froze, whatever happens.
   * `folder` must not exist; it is made complete beside its place, then renamed.
   */
  copy(nodes: readonly NodeName[], folder: string, options?: CopyOptions): Promise<NodesCopied>;
  /**
   * Puts the copies in the place of ALL nodes of the lab: afterwards the lab has exactly these nodes, stopped, and these
   * volumes. Atomic: seen from outside the lab has the old ones or the new ones. What it throws is thrown before anything was changed,
   * or leaves a state that `mend` takes to one of both ends.
   */
  replace(folder: string, options?: ReplaceOptions): Promise<void>;
  /** Removes every node of the lab (killed) and its volumes, as one swap to an empty set. */
  removeAll(options?: SwapOptions): Promise<void>;
  /**
   * After a crash of lab: finishes or undoes a replacement that was cut off, thaws nodes that a copy left frozen,
   * removes drafts. `settle` hears how the replacement ended before the last trace of it goes, so that a journal that
   * writes it down there can't miss it.
   */
  mend(settle?: (outcome: 'finished' | 'undone') => Promise<void>): Promise<Mended>;
}

export interface CopyOptions {
  readonly signal?: AbortSignal;
  /** Runs once the nodes are as they were before: what was copied is still being put away. */
  readonly whenThawed?: () => void;
}

export type Mended = 'nothing' | 'finished' | 'undone';

export interface SwapOptions {
  /** Runs when the new nodes are complete beside their place, before the old ones are killed. */
  readonly beforeSwap?: () => Promise<void>;
  /** Runs when the new nodes are in place, while a crash would still make `mend` say 'finished'. */
  readonly afterSwap?: () => Promise<void>;
}

export interface ReplaceOptions extends SwapOptions {
  readonly signal?: AbortSignal;
}

export interface NodesCopied {
  /** From the first request to freeze to the end of the last thaw; 0 when no node ran. */
  readonly frozenSeconds: number;
  /** What the copy takes on disk. */
  readonly bytes: number;
}
