import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askEtcd, etcdId, type EtcdAnswer } from './etcd.ts';
import { type Observed, type Reach } from './reach.ts';

/** What one member says of itself. Ids in hexadecimal, as etcdctl writes them. */
export interface EtcdStatus {
  readonly clusterId: string;
  readonly memberId: string;
  /** The member that it follows, or itself; null when it sees no leader. */
  readonly leaderId: string | null;
  readonly version: string;
  readonly raftTerm: number;
  readonly errors: readonly string[];
}

const schema = z
  .object({
    header: z.object({ cluster_id: z.string(), member_id: z.string() }),
    leader: z.string().default('0'),
    version: z.string(),
    raftTerm: z.string().default('0'),
    errors: z.array(z.string()).default([]),
  })
  .transform(({ header, leader, version, raftTerm, errors }): EtcdStatus => ({
    clusterId: etcdId(header.cluster_id),
    memberId: etcdId(header.member_id),
    leaderId: leader === '0' ? null : etcdId(leader),
    version,
    raftTerm: Number(raftTerm),
    errors,
  }));

/** Answers without a leader too. */
export function etcdStatus(reach: Reach, node: NodeDefinition): Promise<Observed<EtcdAnswer<EtcdStatus>>> {
  return askEtcd(reach, node, { path: 'maintenance/status', body: {} }, schema);
}
