import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words } from '../model/words.ts';
import { type PatroniAnswer } from '../probes/patroni-rest.ts';
import { postgresSettings, type PostgresSetting } from '../probes/postgres-settings.ts';
import { seen } from '../probes/reach.ts';
import { type SynchronousConfiguration, synchronousConfiguration } from '../probes/synchronous-mode.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { silentPatroni } from './silent-patroni.ts';

interface PlacesObservation {
  readonly settings: LeaderAnswer<readonly PostgresSetting[]>;
  readonly live: PatroniAnswer<SynchronousConfiguration> | null;
}

/** No parameter of PostgreSQL stands outside `postgresql.parameters`, where Patroni takes it and nobody uses it. */
export const parametersInPlace = defineCheck({
  name: 'parameters-in-place',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 15,

  async observe(reach, setting) {
    const settings = await askLeader(reach, setting, (leader: NodeDefinition) => postgresSettings(reach, leader));
    if (settings.kind === 'unseen') return settings;
    const { leader } = settings.value;
    const live = leader === null ? null : await synchronousConfiguration(reach, leader);
    if (live?.kind === 'unseen') return live;
    return seen<PlacesObservation>({ settings: settings.value, live: live?.value ?? null });
  },

  judge({ settings, live }, setting): Judgement {
    const expected = words(
      'PostgreSQL’s parameters stand under postgresql.parameters',
      'les paramètres de PostgreSQL sont sous postgresql.parameters',
    );
    return judgeLeader(settings, setting, expected, (known, leader) => {
      if (live?.kind !== 'answer')
        return {
          verdict: 'fail',
          expected,
          seen: live === null ? words('nothing', 'rien') : silentPatroni(live, leader),
        };
      const names = new Set(known.map(({ name }) => name));
      const { postgresqlKeys, topKeys } = live.value;
      const strayed = [
        ...postgresqlKeys.filter((key) => names.has(key)).map((key) => ({ key, path: `postgresql.${key}` })),
        ...topKeys.filter((key) => names.has(key)).map((key) => ({ key, path: key })),
      ];
      if (strayed.length === 0) return { verdict: 'pass', expected, seen: words('all of them', 'tous') };
      const list = strayed.map(({ path }) => path).join(', ');
      return {
        verdict: 'fail',
        expected,
        seen: words(`outside of it: ${list}`, `en dehors : ${list}`),
        cause: joinWords(
          strayed.map(({ key, path }) =>
            words(
              `\`${path}\` in the dynamic configuration is kept and used by nobody: its place is \`postgresql.parameters.${key}\``,
              `\`${path}\` dans la configuration dynamique est gardé mais n'est utilisé par personne : sa place est \`postgresql.parameters.${key}\``,
            ),
          ),
          '\n',
        ),
        hint: joinWords(
          strayed.map(({ path }) => {
            const remove = `\`patronictl -c /etc/patroni/config.yml edit-config --force -s ${path}=null\``;
            return words(`Take it out: ${remove}`, `Retirez-le : ${remove}`);
          }),
          '\n',
        ),
      };
    });
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});
