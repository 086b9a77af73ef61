import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askEtcd, etcdId, type EtcdAnswer } from './etcd.ts';
import { type Observed, type Reach } from './reach.ts';

/** The members of the cluster as one member knows them. Ids in hexadecimal, as etcdctl writes them. */
export interface EtcdMembership {
  readonly clusterId: string;
  /** The member that answered. */
  readonly memberId: string;
  readonly members: readonly EtcdMember[];
}

export interface EtcdMember {
  readonly id: string;
  /** Empty until the member has been started for the first time. */
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly learner: boolean;
}

// The gateway leaves out what is empty or false.
const schema = z
  .object({
    header: z.object({ cluster_id: z.string(), member_id: z.string() }),
    members: z
      .array(
        z.object({
          ID: z.string(),
          name: z.string().default(''),
          peerURLs: z.array(z.string()).default([]),
          clientURLs: z.array(z.string()).default([]),
          isLearner: z.boolean().default(false),
        }),
      )
      .default([]),
  })
  .transform(({ header, members }): EtcdMembership => ({
    clusterId: etcdId(header.cluster_id),
    memberId: etcdId(header.member_id),
    members: members.map((member) => ({
      id: etcdId(member.ID),
      name: member.name,
      peerUrls: member.peerURLs,
      clientUrls: member.clientURLs,
      learner: member.isLearner,
    })),
  }));

/** From the member's own copy: it answers without a leader too. */
export function etcdMembers(reach: Reach, node: NodeDefinition): Promise<Observed<EtcdAnswer<EtcdMembership>>> {
  return askEtcd(reach, node, { path: 'cluster/member/list', body: {} }, schema);
}
