import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askEtcd, fromEtcdBytes, toEtcdBytes, type EtcdAnswer } from './etcd.ts';
import { type Observed, type Reach } from './reach.ts';

/**
 * `own-store`: what this member holds, leader or not (etcd says serializable). `agreed`: what the cluster agrees on now
 * (linearizable); without a quorum it is refused.
 */
export type EtcdReading = 'own-store' | 'agreed';

const schema = z
  .object({
    header: z.object({}),
    kvs: z.array(z.object({ key: z.string().default(''), value: z.string().default('') })).default([]),
  })
  .transform(({ kvs }) => kvs.map((pair) => ({ key: fromEtcdBytes(pair.key), value: fromEtcdBytes(pair.value) })));

const one = schema.transform((pairs) => pairs[0]?.value ?? null);

/** The key's value; null when the key isn't there. */
export function etcdKey(
  reach: Reach,
  node: NodeDefinition,
  key: string,
  reading: EtcdReading,
): Promise<Observed<EtcdAnswer<string | null>>> {
  const body = { key: toEtcdBytes(key), ...(reading === 'own-store' ? { serializable: true } : {}) };
  return askEtcd(reach, node, { path: 'kv/range', body, needsLeader: reading === 'agreed' }, one);
}

/** Every key that begins with `prefix`, which is not empty, with its value. */
export function etcdKeys(
  reach: Reach,
  node: NodeDefinition,
  prefix: string,
  reading: EtcdReading,
): Promise<Observed<EtcdAnswer<readonly { readonly key: string; readonly value: string }[]>>> {
  const body = {
    key: toEtcdBytes(prefix),
    range_end: endOfPrefix(prefix),
    ...(reading === 'own-store' ? { serializable: true } : {}),
  };
  return askEtcd(reach, node, { path: 'kv/range', body, needsLeader: reading === 'agreed' }, schema);
}

/** The first key behind all with the prefix: its last byte plus one (prefixes here are ASCII, so there is no carry). */
function endOfPrefix(prefix: string): string {
  const bytes = Buffer.from(prefix, 'utf8');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return bytes.toString('base64');
}
