// What Patroni keeps in etcd, read from etcd itself.

import * as z from 'zod';
import { type Workshop } from '../model/workshop.ts';
import { etcdKeys } from './etcd-key.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** The keys under /service/SCOPE/. */
export interface DcsContent {
  /** The member that holds the leader key; null when nobody does. */
  readonly leader: string | null;
  /** PostgreSQL's system identifier; null before the first member made the database. */
  readonly initialize: string | null;
  readonly members: readonly DcsMember[];
}

/** What a member says of itself. */
export interface DcsMember {
  readonly name: string;
  readonly apiUrl: string | null;
  readonly connUrl: string | null;
  readonly state: string | null;
  /** Patroni promotes it when it is its turn: it has neither the tag `nofailover` nor a `failover_priority` of 0. */
  readonly mayLead: boolean;
  /** No tag `nosync`: Patroni may choose it for a synchronous standby. */
  readonly maySync: boolean;
}

export function dcsPrefix(workshop: Workshop): string {
  return `/service/${workshop.values['patroni_scope'] ?? ''}/`;
}

/** null when no etcd member answers with the agreement of the others. The first answer counts. */
export async function dcsContent(reach: Reach): Promise<Observed<DcsContent | null>> {
  const { workshop } = reach;
  const members = workshop.nodes.filter(({ name }) => workshop.groups['etcd']?.includes(name));
  const told = await Promise.all(members.map((member) => etcdKeys(reach, member, dcsPrefix(workshop), 'agreed')));
  const answer = told.find((one) => one.kind === 'seen' && one.value.kind === 'answer');
  if (answer?.kind === 'seen' && answer.value.kind === 'answer')
    return seen(readDcsContent(answer.value.value, dcsPrefix(workshop)));
  return told.find((one) => one.kind === 'unseen') ?? seen(null);
}

const memberSchema = z.object({
  api_url: z.string().optional(),
  conn_url: z.string().optional(),
  state: z.string().optional(),
  tags: z.object({ nofailover: z.unknown(), failover_priority: z.unknown(), nosync: z.unknown() }).partial().optional(),
});

export function readDcsContent(
  pairs: readonly { readonly key: string; readonly value: string }[],
  prefix: string,
): DcsContent {
  const values = new Map(pairs.map(({ key, value }) => [key.slice(prefix.length), value]));
  const members = [...values]
    .filter(([key]) => key.startsWith('members/'))
    .map(([key, value]) => readMember(key.slice('members/'.length), value));
  return { leader: values.get('leader') ?? null, initialize: values.get('initialize') ?? null, members };
}

function readMember(name: string, value: string): DcsMember {
  const { api_url, conn_url, state, tags } = memberSchema.catch({}).parse(parseJson(value));
  return {
    name,
    apiUrl: api_url ?? null,
    connUrl: conn_url ?? null,
    state: state ?? null,
    mayLead: mayLead(tags),
    maySync: !saysYes(tags?.nosync),
  };
}

/** As Patroni reads the tags: `nofailover`, where it is given, counts more than the priority. */
function mayLead(tags: { readonly nofailover?: unknown; readonly failover_priority?: unknown } = {}): boolean {
  if (tags.nofailover !== undefined) return !saysYes(tags.nofailover);
  return tags.failover_priority === undefined || Number(tags.failover_priority) > 0;
}

function saysYes(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|on|yes|1)$/i.test(value));
}
