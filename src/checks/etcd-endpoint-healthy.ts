import { z } from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { type EtcdAnswer } from '../probes/etcd.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { etcdSilence } from './etcd-silence.ts';
import { etcdTroubleWords, lookForEtcdTrouble, type EtcdTrouble } from './etcd-trouble.ts';
import { defineCheck } from './kind.ts';

interface HealthObservation {
  readonly read: EtcdAnswer<string | null>;
  readonly trouble: EtcdTrouble | null;
}

/** As `etcdctl endpoint health` does: any key will do, what counts is that the cluster agrees on the answer. */
const anyKey = 'health';

/** The member answers a read on which the cluster agrees: it has a leader and a majority. */
export const etcdEndpointHealthy = defineCheck({
  name: 'etcd-endpoint-healthy',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const read = await etcdKey(reach, node, anyKey, 'agreed');
    if (read.kind === 'unseen') return read;
    if (read.value.kind === 'answer') return seen<HealthObservation>({ read: read.value, trouble: null });
    const trouble = await lookForEtcdTrouble(reach, node, setting.nodes);
    return trouble.kind === 'unseen' ? trouble : seen<HealthObservation>({ read: read.value, trouble: trouble.value });
  },

  judge({ read, trouble }, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(`${node.name} reads what the cluster agrees on`, `${node.name} lit une valeur sur laquelle le cluster s'accorde`);
    if (read.kind === 'answer') return { verdict: 'pass', expected, seen: words('it does', "c'est le cas") };
    const seen = etcdSilence(read, node);
    return { verdict: 'fail', expected, seen, ...(trouble === null ? {} : { cause: etcdTroubleWords(trouble, node) }) };
  },

  command: () => 'etcdctl endpoint health',
});
