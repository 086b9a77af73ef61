import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { askMember, silenceOf } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

/** The member's own store holds the key with that value: read from it alone, not through the leader. */
export const etcdKeyStored = defineCheck({
  name: 'etcd-key-stored',
  scope: 'node',
  schema: z.strictObject({ key: z.string(), value: z.string() }),
  withinSeconds: 10,

  observe: (reach, setting, { key }) =>
    askMember(reach, checkedNode(setting), setting.nodes, (look, node) => etcdKey(look, node, key, 'own-store')),

  judge(asked, setting, { key, value }): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(`${key} is "${value}" on ${name}`, `${key} vaut « ${value} » sur ${name}`);
    const silence = silenceOf(asked);
    if (silence !== null) return { verdict: 'fail', expected, ...silence };
    const stored = asked.answer.kind === 'answer' ? asked.answer.value : null;
    if (stored === value) return { verdict: 'pass', expected, seen: words(`"${value}"`, `« ${value} »`) };
    if (stored === null) {
      const seen = words('no such key', 'pas de clé de ce nom');
      return {
        verdict: 'fail',
        expected,
        seen,
        cause: words(`nobody has written ${key} yet`, `personne n'a encore écrit ${key}`),
      };
    }
    const seen = words(`"${stored}"`, `« ${stored} »`);
    return {
      verdict: 'fail',
      expected,
      seen,
      cause: words(`${key} was written with another value`, `${key} a été écrit avec une autre valeur`),
    };
  },

  command: (_setting, { key }) => `etcdctl get --consistency=s ${key}`,
});
