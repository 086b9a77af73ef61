// Whether etcd may be formed anew, which takes the members' data away. Pure: what was seen of them decides.

import { type NodeName } from '../model/ids.ts';

export interface SeenMember {
  readonly node: NodeName;
  /** It answers for a cluster that agrees. */
  readonly healthy: boolean;
  /** `empty`: no key was ever written. `unknown`: that could not be seen, so there may be some. */
  readonly data: 'none' | 'empty' | 'keys' | 'unknown';
}

export type Formation =
  /** A majority agrees: the cluster lives, whatever is wrong with the others. */
  | { readonly kind: 'it-lives' }
  /** Nothing is lost by it: what may hold keys, and can't have a majority any more, is put aside. */
  | { readonly kind: 'anew'; readonly aside: readonly NodeName[] }
  /** A majority has data that may hold keys: it has to be brought back, not made anew. */
  | { readonly kind: 'stop'; readonly holding: readonly NodeName[] };

export function decideFormation(members: readonly SeenMember[]): Formation {
  const quorum = Math.floor(members.length / 2) + 1;
  if (members.filter(({ healthy }) => healthy).length >= quorum) return { kind: 'it-lives' };
  const holding = members.flatMap(({ node, data }) => (data === 'keys' || data === 'unknown' ? [node] : []));
  const withData = members.filter(({ data }) => data !== 'none');
  if (holding.length > 0 && withData.length >= quorum) return { kind: 'stop', holding };
  return { kind: 'anew', aside: holding };
}
