// When etcd moved from http to https, as the members' logs tell.

import { type NodeName } from '../model/ids.ts';
import { etcdStatus } from './etcd-status.ts';
import { type JournalLine, journalLines } from './journal-lines.ts';
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
  const told: MemberStarts[] = [];
  for (const { name, lines, status } of await Promise.all(
    members.map(async (node) => ({
      name: node.name,
      lines: await journalLines(reach, node.name, { unit: 'etcd', grep: withTls, last: lastStarts }),
      status: await etcdStatus(reach, node),
    })),
  )) {
    if (lines.kind === 'unseen') return lines;
    const idNow = status.kind === 'seen' && status.value.kind === 'answer' ? status.value.value.memberId : undefined;
    const idBefore = idsBefore[name];
    told.push({
      name,
      lines: lines.value,
      joinedLater: idBefore !== undefined && ![undefined, idBefore].includes(idNow),
    });
  }
  return seen(moveOf(told));
}

interface MemberStarts {
  readonly name: NodeName;
  /** Its starts with TLS, the oldest first. */
  readonly lines: readonly Pick<JournalLine, 'atUs' | 'message'>[];
  readonly joinedLater: boolean;
}

export function moveOf(members: readonly MemberStarts[]): EtcdMove {
  const starts = members.flatMap(({ lines: [first] }) => (first === undefined ? [] : [first.atUs / 1e6]));
  const ends = members.map(({ name, lines, joinedLater }) => {
    const line = lines.find(({ message }) => asksForCertificates.test(message));
    return { name, joinedLater, at: line === undefined ? null : line.atUs / 1e6 };
  });
  const waiting = ends.filter(({ at }) => at === null).map(({ name }) => name);
  const moved = ends.some(({ joinedLater }) => !joinedLater) ? ends.filter(({ joinedLater }) => !joinedLater) : ends;
  return {
    fromSeconds: starts.length === 0 ? null : Math.min(...starts),
    toSeconds: waiting.length > 0 || moved.length === 0 ? null : Math.max(...moved.map(({ at }) => at ?? 0)),
    waiting,
  };
}
