// Arithmetic on the lines of /etc/subuid and /etc/subgid: OWNER:FIRST:COUNT. Pure.

export interface IdRange {
  readonly owner: string;
  readonly first: number;
  readonly count: number;
}

/** Ids that a node has. */
const idsOfANode = 65_536;
/** Below this are the host's own users. */
const lowestFirst = 100_000;

export function rangesIn(text: string): readonly IdRange[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([^:#\s]+):(\d+):(\d+)\s*$/.exec(line);
    if (match?.[1] === undefined) return [];
    return [{ owner: match[1], first: Number(match[2]), count: Number(match[3]) }];
  });
}

/** The first id from which on the owner has a whole node's ids, for users and for groups alike. */
export function sharedRange(uids: readonly IdRange[], gids: readonly IdRange[], owner: string): number | undefined {
  const names = owner === 'root' ? ['root', '0'] : [owner];
  const own = (range: IdRange): boolean => names.includes(range.owner);
  for (const users of uids.filter(own)) {
    for (const groups of gids.filter(own)) {
      const first = Math.max(users.first, groups.first);
      const end = Math.min(users.first + users.count, groups.first + groups.count);
      if (end - first >= idsOfANode) return first;
    }
  }
  return undefined;
}

/** Begins behind everybody's ranges, on a round number. */
export function freeRange(taken: readonly IdRange[]): number {
  const end = Math.max(lowestFirst, ...taken.map((range) => range.first + range.count));
  return end === lowestFirst ? end : Math.ceil(end / idsOfANode) * idsOfANode;
}
