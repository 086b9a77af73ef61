import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPatroni, type PatroniAnswer } from '../probes/patroni-rest.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { leaderNode } from './leader-answer.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPatroni } from './silent-patroni.ts';

interface FailsafeObservation {
  /** null: nobody leads. */
  readonly leader: NodeDefinition | null;
  readonly answer: PatroniAnswer<{ readonly on: boolean }> | null;
  readonly troubles: readonly PatroniTrouble[];
}

/** Patroni takes YAML's words for true, and nothing for false. */
const configuration = z
  .object({ failsafe_mode: z.union([z.boolean(), z.string(), z.number()]).nullish() })
  .transform(({ failsafe_mode: mode }) => ({ on: /^(true|on|yes|1)$/i.test(String(mode ?? false)) }));

/** The dynamic configuration has failsafe_mode on, or off, now. */
export const failsafeModeHolds = defineCheck({
  name: 'failsafe-mode-holds',
  scope: 'cluster',
  schema: z.strictObject({ on: z.boolean() }),
  withinSeconds: 15,

  async observe(reach, { nodes }) {
    const leader = await leaderNode(reach);
    if (leader.kind === 'unseen') return leader;
    if (leader.value !== null) {
      const answer = await askPatroni(reach, leader.value, '/config', configuration);
      if (answer.kind === 'unseen') return answer;
      return seen<FailsafeObservation>({ leader: leader.value, answer: answer.value, troubles: [] });
    }
    const members = nodes.filter(({ member }) => member !== undefined);
    const troubles = await lookForPatroniTroubles(reach, members);
    if (troubles.kind === 'unseen') return troubles;
    return seen<FailsafeObservation>({ leader: null, answer: null, troubles: troubles.value });
  },

  judge({ leader, answer, troubles }, setting, { on }): Judgement {
    const expected = stateWords(on);
    if (leader === null || answer === null) {
      const none = words('there is no leader', "il n'y a pas de leader");
      return { verdict: 'fail', expected, seen: none, ...clusterTroubleWords(troubles, setting) };
    }
    if (answer.kind !== 'answer') return { verdict: 'fail', expected, seen: silentPatroni(answer, leader) };
    const found = stateWords(answer.value.on);
    if (answer.value.on === on) return { verdict: 'pass', expected, seen: found };
    return { verdict: 'fail', expected, seen: found, cause: answer.value.on ? leftOn : isOff };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});

function stateWords(on: boolean) {
  return on
    ? words('failsafe_mode is on', 'failsafe_mode est activé')
    : words('failsafe_mode is off', 'failsafe_mode est désactivé');
}

const leftOn = words(
  'failsafe_mode was left on: without etcd the leader would go on as long as all members answer. The later chapters count on a leader that gives up; `patronictl edit-config -s failsafe_mode=null` takes the entry out',
  "failsafe_mode est resté activé : sans etcd, le leader continuerait tant que tous les membres répondent. Les chapitres suivants comptent sur un leader qui renonce ; `patronictl edit-config -s failsafe_mode=null` retire l'entrée",
);
const isOff = words(
  'the dynamic configuration in etcd has no `failsafe_mode: true`; `patronictl edit-config -s failsafe_mode=true` sets it',
  "la configuration dynamique, dans etcd, n'a pas de `failsafe_mode: true` ; `patronictl edit-config -s failsafe_mode=true` l'ajoute",
);
