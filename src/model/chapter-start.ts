/**
 * What the cluster was like when a chapter began, so that a check can ask what has changed since. A part is null when
 * the lab had not come that far, or when it could not be seen.
 */
export interface ChapterStart {
  /** The leader's member name: `pg-1`. */
  readonly leader: string | null;
  /** The leader's timeline. */
  readonly timeline: number | null;
  /** Member names of the Patroni cluster. */
  readonly members: readonly string[];
  /** Every change in etcd has a higher one. A 64-bit number. */
  readonly etcdRevision: string | null;
  /** Ids of etcd's members in hexadecimal, by name; missing in labs that began the chapter before lab noted them. */
  readonly etcdMembers?: Readonly<Record<string, string>>;
  readonly systemIdentifier: string | null;
  /** Rows in the workshop's table, workshop_rows. */
  readonly rows: number | null;
}

/** What a lab is like in which nothing has been done. */
export const nothingYet: ChapterStart = {
  leader: null,
  timeline: null,
  members: [],
  etcdRevision: null,
  systemIdentifier: null,
  rows: null,
};
