// What the dynamic configuration was, and not only what it is: etcd keeps the old revisions of a key until somebody
// compacts them, which neither Patroni nor Debian's etcd does by itself.

import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { dcsPrefix } from './dcs.ts';
import { askEtcd, fromEtcdBytes, toEtcdBytes, type EtcdAnswer } from './etcd.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** `complete`: nothing of the time asked for is missing. */
export interface PastConfigurations {
  /** Newest first, with the one that held at the beginning. */
  readonly values: readonly unknown[];
  readonly complete: boolean;
}

/** More changes than a chapter makes; also ends a walk that would not end. */
const mostValues = 100;

const schema = z
  .object({ kvs: z.array(z.object({ value: z.string().default(''), mod_revision: z.string() })).default([]) })
  .transform(({ kvs: [kv] }) =>
    kv === undefined ? null : { value: parseJson(fromEtcdBytes(kv.value)), revision: BigInt(kv.mod_revision) },
  );
type Version = z.infer<typeof schema>;

/** Every value of /service/SCOPE/config since that revision; null when no etcd member answers with the others' agreement. */
export async function configurationsSince(reach: Reach, since: bigint): Promise<Observed<PastConfigurations | null>> {
  const { workshop } = reach;
  for (const member of workshop.nodes.filter(({ name }) => workshop.groups['etcd']?.includes(name))) {
    const now = await configurationAt(reach, member, null);
    if (now.kind === 'unseen') return now;
    if (now.value.kind === 'answer') return walk(reach, member, since, now.value.value);
  }
  return seen(null);
}

function configurationAt(
  reach: Reach,
  member: NodeDefinition,
  revision: bigint | null,
): Promise<Observed<EtcdAnswer<Version>>> {
  const key = toEtcdBytes(`${dcsPrefix(reach.workshop)}config`);
  const body = { key, ...(revision === null ? {} : { revision: String(revision) }) };
  return askEtcd(reach, member, { path: 'kv/range', body, needsLeader: true }, schema);
}

async function walk(
  reach: Reach,
  member: NodeDefinition,
  since: bigint,
  newest: Version,
): Promise<Observed<PastConfigurations>> {
  const values: unknown[] = [];
  let version = newest;
  while (version !== null && values.length < mostValues) {
    values.push(version.value);
    if (version.revision <= since) return seen({ values, complete: true });
    const before = await lastBefore(reach, member, since, version.revision);
    if (before.kind === 'unseen') return before;
    version = before.value;
  }
  return seen({ values, complete: false });
}

/** The version before that revision; where the key was deleted in between, the one before the deletion. */
async function lastBefore(
  reach: Reach,
  member: NodeDefinition,
  since: bigint,
  revision: bigint,
): Promise<Observed<Version>> {
  const found = await configurationAt(reach, member, revision - 1n);
  if (found.kind === 'unseen') return found;
  if (found.value.kind === 'answer' && found.value.value !== null) return seen(found.value.value);
  // There at `low`, not there at `high`: half of the way is left at each turn.
  let [low, high] = [since, revision - 1n];
  let last: Version = null;
  while (low < high) {
    const middle = (low + high) / 2n;
    const looked = await configurationAt(reach, member, middle);
    if (looked.kind === 'unseen') return looked;
    const version = looked.value.kind === 'answer' ? looked.value.value : null;
    if (version !== null) last = version;
    if (version === null) high = middle;
    else low = middle + 1n;
  }
  return seen(last);
}
