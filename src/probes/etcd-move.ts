// When etcd moved from http to https, as the members' logs tell.

import { type NodeName } from '../model/ids.ts';
import { etcdStatus } from './etcd-status.ts';
import { journalLines } from './journal-lines.ts';
import { seen, type Observed, type Reach } from './reach.ts';
import { isEtcdMember } from './tls-places.ts';

export interface EtcdMove {
  /** The first start of a member with a certificate; seconds since 1970, null = not yet. */
  readonly fromSeconds: number | null;
  /** When the last member first asked its clients for certificates; null = not yet. */
  readonly toSeconds: number | null;
  /** Members that have not come that far. */
  readonly waiting: readonly NodeName[];
}

/** What etcd says at each start with TLS: 3.5 in JSON, 3.4 in words. A few dozen starts at most. */
const withTls = 'starting with (client|peer) TLS|(ClientTLS|peerTLS): cert';
const lastStarts = 200;
const asksForCertificates = /(?:starting with client TLS|ClientTLS:).*client-cert-auth = true/;

/** `idsBefore`: the members' ids by node before the move. Whoever has another one now joined later, and moved nowhere. */
export async function etcdMove(
  reach: Reach,
  idsBefore: Readonly<Record<string, string>> = {},
): Promise<Observed<EtcdMove>> {
  const members = reach.workshop.nodes.filter(
    (node) => isEtcdMember(reach.workshop, node) && reach.observation.nodes.get(node.name) === 'running',
  );
  const looks = await Promise.all(
    members.map(async (node) => ({
      name: node.name,
      lines: await journalLines(reach, node.name, { unit: 'etcd', grep: withTls, last: lastStarts }),
      status: await etcdStatus(reach, node),
    })),
  );
  const moves: { readonly to: number; readonly joinedLater: boolean }[] = [];
  const starts: number[] = [];
  const waiting: NodeName[] = [];
  for (const { name, lines, status } of looks) {
    if (lines.kind === 'unseen') return lines;
    const idNow = status.kind === 'seen' && status.value.kind === 'answer' ? status.value.value.memberId : undefined;
    const idBefore = idsBefore[name];
    const joinedLater = idNow !== undefined && idBefore !== undefined && idNow !== idBefore;
    const [first] = lines.value;
    const last = lines.value.find(({ message }) => asksForCertificates.test(message));
    if (first !== undefined) starts.push(first.atUs / 1e6);
    if (last === undefined) waiting.push(name);
    else moves.push({ to: last.atUs / 1e6, joinedLater });
  }
  const moved = moves.some(({ joinedLater }) => !joinedLater) ? moves.filter((move) => !move.joinedLater) : moves;
  return seen({
    fromSeconds: starts.length === 0 ? null : Math.min(...starts),
    toSeconds: waiting.length > 0 || moved.length === 0 ? null : Math.max(...moved.map(({ to }) => to)),
    waiting,
  });
}
