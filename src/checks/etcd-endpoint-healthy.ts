import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { askMember, silenceOf } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

/** As `etcdctl endpoint health` does: any key will do, what counts is that the cluster agrees on the answer. */
const anyKey = 'health';

/** The member answers a read on which the cluster agrees: it has a leader and a majority. */
export const etcdEndpointHealthy = defineCheck({
  name: 'etcd-endpoint-healthy',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  observe: (reach, setting) =>
    askMember(reach, checkedNode(setting), setting.nodes, (look, node) => etcdKey(look, node, anyKey, 'agreed')),

  judge(read, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `${name} reads what the cluster agrees on`,
      `${name} lit une valeur sur laquelle le cluster s'accorde`,
    );
    const silence = silenceOf(read);
    if (silence !== null) return { verdict: 'fail', expected, ...silence };
    return { verdict: 'pass', expected, seen: words('it does', "c'est le cas") };
  },

  command: () => 'etcdctl endpoint health',
});
