// When Patroni's keys were deleted from etcd, though they are there again: etcd keeps the old revisions of a key until
// somebody compacts them, which neither Patroni nor Debian's etcd does by itself.

import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { dcsPrefix } from './dcs.ts';
import { askEtcd, fromEtcdBytes, toEtcdBytes } from './etcd.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** The keys went away, and came back. */
export interface DcsEmptying {
  /** Somebody led at that moment: Patroni was running. */
  readonly leader: string | null;
  /** PostgreSQL's system identifier as the key said before, and once it was back. */
  readonly identifierBefore: string | null;
  readonly identifierAfter: string | null;
  /** `/history` as it was before; '' when there was none. */
  readonly historyBefore: string;
}

/** More than anybody does in a chapter; also ends a walk that would not end. */
const mostEmptyings = 10;

const schema = z
  .object({ kvs: z.array(z.object({ value: z.string().default(''), create_revision: z.string() })).default([]) })
  .transform(({ kvs: [kv] }) =>
    kv === undefined ? null : { value: fromEtcdBytes(kv.value), createdAt: BigInt(kv.create_revision) },
  );
type KeyThen = z.infer<typeof schema>;
type Read = (key: string, revision: bigint | null) => Promise<KeyThen | 'no-answer'>;

/** Every emptying after that revision, newest first; null when no etcd member answers with the others' agreement. */
export async function dcsEmptyings(reach: Reach, since: bigint): Promise<Observed<readonly DcsEmptying[] | null>> {
  const { workshop } = reach;
  for (const member of workshop.nodes.filter(({ name }) => workshop.groups['etcd']?.includes(name))) {
    const read = reader(reach, member);
    const now = await read('initialize', null);
    if (now !== 'no-answer') return seen(await walk(read, since, now));
  }
  return seen(null);
}

function reader(reach: Reach, member: NodeDefinition): Read {
  return async (key, revision) => {
    const body = {
      key: toEtcdBytes(`${dcsPrefix(reach.workshop)}${key}`),
      ...(revision === null ? {} : { revision: String(revision) }),
    };
    const asked = await askEtcd(reach, member, { path: 'kv/range', body, needsLeader: true }, schema);
    return asked.kind === 'seen' && asked.value.kind === 'answer' ? asked.value.value : 'no-answer';
  };
}

async function walk(read: Read, since: bigint, newest: KeyThen): Promise<readonly DcsEmptying[]> {
  const found: DcsEmptying[] = [];
  let after = newest;
  while (after !== null && after.createdAt > since && found.length < mostEmptyings) {
    const last = await lastRevisionWithKey(read, since, after.createdAt);
    if (last === null) break;
    const [before, leader, history] = await Promise.all([
      read('initialize', last),
      read('leader', last),
      read('history', last),
    ]);
    if (before === 'no-answer' || before === null) break;
    found.push({
      leader: valueOf(leader),
      identifierBefore: before.value,
      identifierAfter: after.value,
      historyBefore: valueOf(history) ?? '',
    });
    after = before;
  }
  return found;
}

function valueOf(key: KeyThen | 'no-answer'): string | null {
  return key === 'no-answer' ? null : (key?.value ?? null);
}

/**
 * The last revision below `created` at which the key `initialize` was there. Between a deletion and the next creation lie
 * a few revisions at most, so it looks back in growing steps and halves the last one.
 */
async function lastRevisionWithKey(read: Read, since: bigint, created: bigint): Promise<bigint | null> {
  let absent = created;
  for (let step = 1n; ; step *= 2n) {
    const at = created - step > since ? created - step : since;
    const then = await read('initialize', at);
    if (then === 'no-answer') return null;
    if (then !== null) return lastBetween(read, at, absent);
    if (at === since) return null;
    absent = at;
  }
}

/** There at `low`, not there at `high`. */
async function lastBetween(read: Read, low: bigint, high: bigint): Promise<bigint | null> {
  let [present, absent] = [low, high];
  while (absent - present > 1n) {
    const middle: bigint = (absent + present) / 2n;
    const then = await read('initialize', middle);
    if (then === 'no-answer') return null;
    if (then === null) absent = middle;
    else present = middle;
  }
  return present;
}
