import { z } from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words } from '../model/words.ts';
import { type EtcdAnswer } from '../probes/etcd.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { seen } from '../probes/reach.ts';
import { etcdSilence } from './etcd-silence.ts';
import { defineCheck } from './kind.ts';

interface StoreView {
  readonly node: NodeDefinition;
  readonly answer: EtcdAnswer<string | null>;
}

/** No member of the target holds the key: a write that was to be refused really was. */
export const etcdKeyAbsent = defineCheck({
  name: 'etcd-key-absent',
  scope: 'cluster',
  schema: z.strictObject({ key: z.string() }),
  withinSeconds: 10,

  async observe(reach, { nodes }, { key }) {
    const views: StoreView[] = [];
    for (const [index, answer] of (await Promise.all(nodes.map((node) => etcdKey(reach, node, key, 'own-store')))).entries()) {
      const node = nodes[index];
      if (answer.kind === 'unseen') return answer;
      if (node !== undefined) views.push({ node, answer: answer.value });
    }
    return seen<readonly StoreView[]>(views);
  },

  judge(views, _setting, { key }): Judgement {
    const expected = words(`no member holds ${key}`, `aucun membre ne contient ${key}`);
    const holders = views.filter(({ answer }) => answer.kind === 'answer' && answer.value !== null).map(({ node }) => node.name);
    if (holders.length > 0) {
      const names = holders.join(', ');
      return {
        verdict: 'fail',
        expected,
        seen: words(`it is on ${names}`, `elle est sur ${names}`),
        cause: words(
          `the write of ${key} took effect after all: either a majority was there, or it was sent before the member had noticed the loss of its leader, waited in its log, and went through when the majority came back. A write that timed out may still happen`,
          `l'écriture de ${key} a finalement eu lieu : soit une majorité était là, soit elle a été envoyée avant que le membre ait remarqué la perte de son leader, elle a attendu dans son journal et a abouti au retour de la majorité. Une écriture qui a expiré peut encore se produire`,
        ),
        hint: words(
          `Delete it (\`etcdctl del ${key}\`), stop two members again, and write once \`etcdctl endpoint status\` says that there is no leader.`,
          `Supprimez-la (\`etcdctl del ${key}\`), arrêtez de nouveau deux membres, et écrivez une fois que \`etcdctl endpoint status\` dit qu'il n'y a plus de leader.`,
        ),
      };
    }
    const silent = views.flatMap(({ node, answer }) => (answer.kind === 'answer' ? [] : [etcdSilence(answer, node)]));
    if (silent.length > 0) return { verdict: 'fail', expected, seen: joinWords(silent, ', '), cause: joinWords(silent, '\n') };
    return { verdict: 'pass', expected, seen: words('none does', "aucun ne la contient") };
  },

  command: (_setting, { key }) => `etcdctl get --consistency=s ${key}`,
});
