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

interface KeyObservation {
  readonly answer: EtcdAnswer<string | null>;
  readonly trouble: EtcdTrouble | null;
}

/** The member's own store holds the key with that value: read from it alone, not through the leader. */
export const etcdKeyStored = defineCheck({
  name: 'etcd-key-stored',
  scope: 'node',
  schema: z.strictObject({ key: z.string(), value: z.string() }),
  withinSeconds: 10,

  async observe(reach, setting, { key }) {
    const node = checkedNode(setting);
    const answer = await etcdKey(reach, node, key, 'own-store');
    if (answer.kind === 'unseen') return answer;
    if (answer.value.kind === 'answer') return seen<KeyObservation>({ answer: answer.value, trouble: null });
    const trouble = await lookForEtcdTrouble(reach, node, setting.nodes);
    return trouble.kind === 'unseen' ? trouble : seen<KeyObservation>({ answer: answer.value, trouble: trouble.value });
  },

  judge({ answer, trouble }, setting, { key, value }): Judgement {
    const node = checkedNode(setting);
    const expected = words(`${key} is "${value}" on ${node.name}`, `${key} vaut « ${value} » sur ${node.name}`);
    if (answer.kind !== 'answer') {
      const cause = trouble === null ? {} : { cause: etcdTroubleWords(trouble, node) };
      return { verdict: 'fail', expected, seen: etcdSilence(answer, node), ...cause };
    }
    if (answer.value === value) return { verdict: 'pass', expected, seen: words(`"${value}"`, `« ${value} »`) };
    if (answer.value === null) {
      const seen = words('no such key', 'pas de clef de ce nom');
      return { verdict: 'fail', expected, seen, cause: words(`nobody has written ${key} yet`, `personne n'a encore écrit ${key}`) };
    }
    const seen = words(`"${answer.value}"`, `« ${answer.value} »`);
    return { verdict: 'fail', expected, seen, cause: words(`${key} was written with another value`, `${key} a été écrit avec une autre valeur`) };
  },

  command: (_setting, { key }) => `etcdctl get --consistency=s ${key}`,
});
