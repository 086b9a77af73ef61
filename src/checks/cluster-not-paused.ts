import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words } from '../model/words.ts';
import { toldCluster, type ToldCluster } from '../probes/patroni.ts';
import { type PatroniAnswer } from '../probes/patroni-rest.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { lookForPatroniTroubles, patroniConfigurationPath, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPatroni } from './silent-patroni.ts';

interface PauseObservation {
  readonly told: readonly { readonly node: NodeDefinition; readonly answer: PatroniAnswer<ToldCluster> }[];
  /** Looked for only when nobody answers. */
  readonly troubles: readonly PatroniTrouble[];
}

/** Nobody left `patronictl pause` on: Patroni acts, and does not only watch. */
export const clusterNotPaused = defineCheck({
  name: 'cluster-not-paused',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, { nodes }) {
    const told: PauseObservation['told'][number][] = [];
    const members = nodes.filter(({ member }) => member !== undefined);
    const looked = await Promise.all(members.map(async (node) => ({ node, one: await toldCluster(reach, node) })));
    for (const { node, one } of looked) {
      if (one.kind === 'unseen') return one;
      told.push({ node, answer: one.value });
    }
    if (told.some(({ answer }) => answer.kind === 'answer')) return seen<PauseObservation>({ told, troubles: [] });
    const troubles = await lookForPatroniTroubles(reach, members);
    return troubles.kind === 'unseen' ? troubles : seen<PauseObservation>({ told, troubles: troubles.value });
  },

  judge({ told, troubles }, setting): Judgement {
    const expected = words('Patroni acts: the cluster is not paused', "Patroni agit : le cluster n'est pas en pause");
    const answers = told.flatMap(({ answer }) => (answer.kind === 'answer' ? [answer.value] : []));
    if (answers.length === 0) {
      const silent = told.flatMap(({ node, answer }) =>
        answer.kind === 'answer' ? [] : [silentPatroni(answer, node)],
      );
      return { verdict: 'fail', expected, seen: joinWords(silent, ', '), ...clusterTroubleWords(troubles, setting) };
    }
    if (!answers.some(({ paused }) => paused))
      return { verdict: 'pass', expected, seen: words('not paused', 'pas de pause') };
    const resume = `patronictl -c ${patroniConfigurationPath} resume`;
    return {
      verdict: 'fail',
      expected,
      seen: words('Maintenance mode: on', 'Maintenance mode: on'),
      cause: words(
        'the cluster is paused (`patronictl pause`): Patroni watches and does nothing, so nobody is promoted when the leader is lost, and a PostgreSQL that ends stays down',
        "le cluster est en pause (`patronictl pause`) : Patroni observe et ne fait rien ; personne n'est promu si le leader disparaît, et un PostgreSQL arrêté le reste",
      ),
      hint: words(`On any member: \`${resume}\``, `Sur n'importe quel membre : \`${resume}\``),
    };
  },

  command: () => `patronictl -c ${patroniConfigurationPath} list`,
});
