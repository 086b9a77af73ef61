import { z } from 'zod';
import { lookOnNetwork } from './look-in-node.ts';
import { patroniCurl, readPatroniAnswer, type PatroniAnswer } from './patroni.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** A member as it describes itself under its own URL. */
export interface PatroniSelf {
  /** From Patroni 4.0 on. */
  readonly name: string | null;
  readonly scope: string | null;
  /** When its PostgreSQL started, seconds since 1970; null while it doesn't run. */
  readonly postmasterStartedAt: number | null;
}

export type MemberAtUrl = PatroniAnswer<PatroniSelf>;

const schema = z
  .object({
    postmaster_start_time: z.string().nullish(),
    patroni: z.object({ name: z.string().optional(), scope: z.string().optional() }),
  })
  .transform(({ patroni, postmaster_start_time: started }): PatroniSelf => ({ name: patroni.name ?? null, scope: patroni.scope ?? null, postmasterStartedAt: seconds(started) }));

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
  const at = Date.parse((text ?? '').replace(' ', 'T').replace(' ', '').replace(/\.(\d{3})\d*/, '.$1'));
  return Number.isNaN(at) ? null : at / 1000;
}
