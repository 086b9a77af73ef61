import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { type PatroniAnswer } from '../probes/patroni-rest.ts';
import { patroniTiming, sameTiming, type PatroniTiming } from '../probes/patroni-timing.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { leaderNode } from './leader-answer.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPatroni } from './silent-patroni.ts';
import { timingSchema, timingWords } from './timing-words.ts';

interface TimingObservation {
  /** null: nobody leads. */
  readonly leader: NodeDefinition | null;
  readonly answer: PatroniAnswer<PatroniTiming> | null;
  /** Looked for only when nobody leads. */
  readonly troubles: readonly PatroniTrouble[];
}

/** The dynamic configuration has these values of ttl, loop_wait and retry_timeout now. */
export const patroniTimingHolds = defineCheck({
  name: 'patroni-timing-holds',
  scope: 'cluster',
  schema: timingSchema,
  withinSeconds: 30,

  async observe(reach, { nodes }) {
    const leader = await leaderNode(reach);
    if (leader.kind === 'unseen') return leader;
    if (leader.value !== null) {
      const answer = await patroniTiming(reach, leader.value);
      return answer.kind === 'unseen'
        ? answer
        : seen<TimingObservation>({ leader: leader.value, answer: answer.value, troubles: [] });
    }
    const members = nodes.filter(({ member }) => member !== undefined);
    const troubles = await lookForPatroniTroubles(reach, members);
    return troubles.kind === 'unseen'
      ? troubles
      : seen<TimingObservation>({ leader: null, answer: null, troubles: troubles.value });
  },

  judge({ leader, answer, troubles }, setting, timing): Judgement {
    const expected = timingWords(timing);
    if (leader === null || answer === null) {
      const none = words('there is no leader', "il n'y a pas de leader");
      return { verdict: 'fail', expected, seen: none, ...clusterTroubleWords(troubles, setting) };
    }
    if (answer.kind !== 'answer') return { verdict: 'fail', expected, seen: silentPatroni(answer, leader) };
    const found = timingWords(answer.value);
    if (sameTiming(answer.value, timing)) return { verdict: 'pass', expected, seen: found };
    return {
      verdict: 'fail',
      expected,
      seen: found,
      cause: words(
        'the dynamic configuration in etcd has other values: `patronictl edit-config` changes them, the file of a node does not',
        "la configuration dynamique, dans etcd, a d'autres valeurs : c'est `patronictl edit-config` qui les change, pas le fichier d'un nœud",
      ),
    };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});
