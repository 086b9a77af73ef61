// Who may do what in etcd, as root sees it.

import * as z from 'zod';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { askEtcd, fromEtcdBytes, type EtcdAnswer } from './etcd.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** Keys from `from` up to, but not with, `to`; null: that key alone. `\0` as `to`: every key from there on. */
export interface EtcdPermission {
  readonly type: 'read' | 'write' | 'read and write';
  readonly from: string;
  readonly to: string | null;
}

const types = { READ: 'read', WRITE: 'write', READWRITE: 'read and write' } as const;

// The gateway leaves out what is zero: READ, and a range of one key.
const roleSchema = z.object({
  perm: z
    .array(
      z
        .object({
          permType: z.enum(['READ', 'WRITE', 'READWRITE']).default('READ'),
          key: z.string().default(''),
          range_end: z.string().optional(),
        })
        .transform(({ permType, key, range_end }): EtcdPermission => ({
          type: types[permType],
          from: fromEtcdBytes(key),
          to: range_end === undefined ? null : fromEtcdBytes(range_end),
        })),
    )
    .default([]),
});

const userSchema = z.object({ roles: z.array(z.string()).default([]) }).transform(({ roles }) => roles);

/** The user's roles. */
export function etcdUserRoles(
  reach: Reach,
  member: NodeDefinition,
  user: string,
): Promise<Observed<EtcdAnswer<readonly string[]>>> {
  return askEtcd(reach, member, { path: 'auth/user/get', body: { name: user } }, userSchema);
}

export async function etcdRolePermissions(
  reach: Reach,
  member: NodeDefinition,
  role: string,
): Promise<Observed<EtcdAnswer<readonly EtcdPermission[]>>> {
  const told = await askEtcd(reach, member, { path: 'auth/role/get', body: { role } }, roleSchema);
  if (told.kind === 'unseen' || told.value.kind !== 'answer') return told as Observed<EtcdAnswer<never>>;
  return seen({ kind: 'answer', value: told.value.value.perm });
}

/** Patroni's own keys, of every cluster: what its role is for. */
export const patroniPrefix = '/service/';

/** The first key behind all with the prefix. */
export const patroniPrefixEnd = '/service0';

export function isPatroniPrefix({ from, to }: EtcdPermission): boolean {
  return from === patroniPrefix && to === patroniPrefixEnd;
}

export function rootPassword(workshop: Workshop): string {
  return workshop.values['etcd_root_password'] ?? '';
}
