/** What nothing in a home needs any more. */
export interface Prunable {
  readonly kind: PrunableKind;
  /** Absolute; a file or a folder. */
  readonly path: string;
}

/** In the order in which they are shown. `build`: of one that was cut off; `download`: of a pool that is there. */
export const prunableKinds = ['layer', 'pool', 'download', 'build', 'chapter-end', 'draft', 'transcript'] as const;

export type PrunableKind = (typeof prunableKinds)[number];

/** With what it takes on disk. */
export interface Weighed extends Prunable {
  readonly bytes: number;
}
