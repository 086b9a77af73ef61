import { type NodeName } from '../model/ids.ts';
import { journalLines } from './journal-lines.ts';
import { seen, type Observed, type Reach } from './reach.ts';
import { isEtcdMember } from './tls-places.ts';

/** A member of etcd turned a client away since its certificate had run out. */
export interface ExpiredCertificateRefusal {
  readonly member: NodeName;
  readonly client: NodeName | null;
  readonly atUs: number;
}

/** What etcd 3.4 and 3.5 write in their logs, newest last; a few of each member. */
export async function expiredCertificateRefusals(
  reach: Reach,
): Promise<Observed<readonly ExpiredCertificateRefusal[]>> {
  const members = reach.workshop.nodes.filter(
    (node) => isEtcdMember(reach.workshop, node) && reach.observation.nodes.get(node.name) === 'running',
  );
  const refusals: ExpiredCertificateRefusal[] = [];
  const query = { unit: 'etcd', grep: 'rejected connection.*certificate has expired', last: 20 };
  for (const told of await Promise.all(
    members.map(async ({ name }) => ({ name, lines: await journalLines(reach, name, query) })),
  )) {
    if (told.lines.kind === 'unseen') return told.lines;
    for (const { message, atUs } of told.lines.value)
      refusals.push({ member: told.name, client: clientIn(reach, message), atUs });
  }
  return seen(refusals);
}

/** etcd notes the client's address, with its port behind it. */
function clientIn({ workshop }: Reach, message: string): NodeName | null {
  const address = /(\d+\.\d+\.\d+\.\d+):\d+"/.exec(message)?.[1];
  return workshop.nodes.find((node) => node.address === address)?.name ?? null;
}
