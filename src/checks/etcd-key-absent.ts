import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { askEveryMember, silencesOf } from './ask-member.ts';
import { defineCheck } from './kind.ts';

/** No member of the target holds the key: a write that was to be refused really was. */
export const etcdKeyAbsent = defineCheck({
  name: 'etcd-key-absent',
  scope: 'cluster',
  schema: z.strictObject({ key: z.string() }),
  withinSeconds: 10,

  observe: (reach, { nodes }, { key }) =>
    askEveryMember(reach, nodes, (look, node) => etcdKey(look, node, key, 'own-store')),

  judge(rows, _setting, { key }): Judgement {
    const expected = words(`no member holds ${key}`, `aucun membre ne contient ${key}`);
    const holders = rows
      .filter(({ answer }) => answer.kind === 'answer' && answer.value !== null)
      .map(({ node }) => node.name);
    if (holders.length > 0) {
      const names = holders.join(', ');
      return {
        verdict: 'fail',
        expected,
        seen: words(`it is on ${names}`, `elle est sur ${names}`),
        cause: tookEffect(key),
        hint: words(
          `Delete it (\`etcdctl del ${key}\`), stop two members again, and write once \`etcdctl endpoint status\` says that there is no leader.`,
          `Supprimez-la (\`etcdctl del ${key}\`), arrêtez de nouveau deux membres, et écrivez une fois que \`etcdctl endpoint status\` dit qu'il n'y a plus de leader.`,
        ),
      };
    }
    const silences = silencesOf(rows);
    if (silences.length > 0) {
      const seen = joinWords(
        silences.map((silence) => silence.seen),
        ', ',
      );
      return {
        verdict: 'fail',
        expected,
        seen,
        cause: joinWords(
          silences.map(({ cause }) => cause),
          '\n',
        ),
      };
    }
    return { verdict: 'pass', expected, seen: words('none does', 'aucun ne la contient') };
  },

  command: (_setting, { key }) => `etcdctl get --consistency=s ${key}`,
});

/** The trap of the lesson: without an answer nobody knows whether a write took place. */
function tookEffect(key: string): Words {
  return words(
    `the write of ${key} took effect after all: a majority was there, or the write was sent before the member had noticed the loss of its leader, waited in its log, and went through when the majority came back. A write that timed out may still happen`,
    `l'écriture de ${key} a finalement eu lieu : une majorité était là, ou bien elle a été envoyée avant que le membre ait remarqué la perte de son leader, a attendu dans son journal et a abouti au retour de la majorité. Une écriture restée sans réponse peut encore se produire`,
  );
}
