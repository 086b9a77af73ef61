import * as z from 'zod';
import { askEtcd, toEtcdBytes } from './etcd.ts';
import { seen, type Observed, type Reach } from './reach.ts';

const schema = z.object({ header: z.object({ revision: z.string() }) }).transform(({ header }) => header.revision);

/** The revision that the cluster agrees on now, a 64-bit number; null when no member can say. */
export async function etcdRevision(reach: Reach): Promise<Observed<string | null>> {
  const members = reach.workshop.nodes.filter(({ name }) => reach.workshop.groups['etcd']?.includes(name));
  const question = { path: 'kv/range', body: { key: toEtcdBytes('/'), count_only: true }, needsLeader: true };
  const told = await Promise.all(members.map((member) => askEtcd(reach, member, question, schema)));
  const answer = told.find((one) => one.kind === 'seen' && one.value.kind === 'answer');
  if (answer?.kind === 'seen' && answer.value.kind === 'answer') return seen(answer.value.value);
  return told.find((one) => one.kind === 'unseen') ?? seen(null);
}
