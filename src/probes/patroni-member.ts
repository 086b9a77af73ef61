import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { lookOnNetwork } from './look-in-node.ts';
import { askPatroni, leadingRoles, patroniCurl, readPatroniAnswer, type PatroniAnswer } from './patroni-rest.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** A member as it describes itself under its own URL. */
export interface PatroniSelf {
  /** From Patroni 4.0 on. */
  readonly name: string | null;
  readonly scope: string | null;
  /** What its PostgreSQL is doing now; etcd has what Patroni last wrote there, up to `loop_wait` seconds ago. */
  readonly state: string;
  /** Its own word, whatever etcd still says: false once it has given up leading because it lost etcd. */
  readonly leads: boolean;
  /** When its PostgreSQL started, seconds since 1970; null while it doesn't run. */
  readonly postmasterStartedAt: number | null;
  /** The members that stream from it, by name. Patroni 3.0 calls such a member only `running` in `/cluster`. */
  readonly streamsTo: readonly string[];
}

export type MemberAtUrl = PatroniAnswer<PatroniSelf>;

const schema = z
  .object({
    role: z.string(),
    state: z.string(),
    postmaster_start_time: z.string().nullish(),
    replication: z.array(z.object({ application_name: z.string(), state: z.string() })).optional(),
    patroni: z.object({ name: z.string().optional(), scope: z.string().optional() }),
  })
  .transform(({ role, state, patroni, postmaster_start_time: started, replication = [] }): PatroniSelf => ({
    name: patroni.name ?? null,
    scope: patroni.scope ?? null,
    state,
    leads: leadingRoles.includes(role),
    postmasterStartedAt: seconds(started),
    streamsTo: replication.filter(({ state }) => state === 'streaming').map((sender) => sender.application_name),
  }));

/** What the member on a node says of itself. */
export function memberOn(reach: Reach, node: NodeDefinition): Promise<Observed<MemberAtUrl>> {
  return askPatroni(reach, node, '/patroni', schema);
}

/** Who answers at a URL, asked from the trainer's seat. A node's name in it means what the workshop says. */
export async function memberAt(reach: Reach, url: string): Promise<Observed<MemberAtUrl>> {
  const looked = await lookOnNetwork(reach, patroniCurl(url, knownName(reach, url)));
  return looked.kind === 'unseen' ? looked : seen(readPatroniAnswer(looked.value, schema));
}

function knownName(reach: Reach, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  const node = reach.workshop.nodes.find(({ name, aliases }) => [name as string, ...aliases].includes(hostname));
  return node && `${hostname}:${port}:${node.address}`;
}

/** `2026-11-23 12:57:56.376483+00:00`; null for what isn't a time. */
function seconds(text: string | null | undefined): number | null {
  const at = Date.parse(
    (text ?? '')
      .replace(' ', 'T')
      .replace(' ', '')
      .replace(/\.(\d{3})\d*/, '.$1'),
  );
  return Number.isNaN(at) ? null : at / 1000;
}
