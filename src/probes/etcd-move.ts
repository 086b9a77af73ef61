// When etcd moved from http to https, as the members' logs tell.

import { type NodeName } from '../model/ids.ts';
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

export async function etcdMove(reach: Reach): Promise<Observed<EtcdMove>> {
  const members = reach.workshop.nodes.filter(
    (node) => isEtcdMember(reach.workshop, node) && reach.observation.nodes.get(node.name) === 'running',
  );
  const starts: number[] = [];
  const ends: number[] = [];
  const waiting: NodeName[] = [];
  for (const { name, lines } of await Promise.all(
    members.map(async ({ name }) => ({
      name,
      lines: await journalLines(reach, name, { unit: 'etcd', grep: withTls, last: lastStarts }),
    })),
  )) {
    if (lines.kind === 'unseen') return lines;
    const [first] = lines.value;
    if (first !== undefined) starts.push(first.atUs / 1e6);
    const end = lines.value.find(({ message }) => asksForCertificates.test(message));
    if (end === undefined) waiting.push(name);
    else ends.push(end.atUs / 1e6);
  }
  return seen({
    fromSeconds: starts.length === 0 ? null : Math.min(...starts),
    toSeconds: waiting.length > 0 || ends.length === 0 ? null : Math.max(...ends),
    waiting,
  });
}
