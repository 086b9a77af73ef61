import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words } from '../model/words.ts';
import { askPatroni, type PatroniAnswer } from '../probes/patroni-rest.ts';
import { postgresSettings, type PostgresSetting } from '../probes/postgres-settings.ts';
import { seen } from '../probes/reach.ts';
import { dynamicConfigurationOf } from '../workshop/dynamic-configuration.ts';
import { leavesOf, type Tree } from '../model/configuration-tree.ts';
import { differenceWords } from './dynamic-configuration/difference-words.ts';
import { differences } from './dynamic-configuration/differences.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { silentPatroni } from './silent-patroni.ts';

interface DynamicObservation {
  readonly wanted: Tree;
  readonly settings: LeaderAnswer<readonly PostgresSetting[]>;
  /** GET /config of the leader; null: there is none. */
  readonly live: PatroniAnswer<Tree> | null;
}

/** What the chapter's file says for all members is what etcd holds and what PostgreSQL uses: nothing was dropped. */
export const dynamicConfigurationHolds = defineCheck({
  name: 'dynamic-configuration-holds',
  scope: 'cluster',
  schema: z.strictObject({ file: z.string() }),
  withinSeconds: 15,
  files: ({ file }) => [file],

  async observe(reach, setting, { file }) {
    const { workshop, edition, chapter } = setting;
    if (chapter === undefined) throw new Error('a check that names a file was run without its chapter');
    const wanted = await dynamicConfigurationOf({ workshop, edition, chapter }, file);
    const settings = await askLeader(reach, setting, (leader) => postgresSettings(reach, leader));
    if (settings.kind === 'unseen') return settings;
    const { leader } = settings.value;
    const live = leader === null ? null : await askPatroni(reach, leader, '/config', z.record(z.string(), z.unknown()));
    if (live?.kind === 'unseen') return live;
    return seen<DynamicObservation>({ wanted, settings: settings.value, live: live?.value ?? null });
  },

  judge({ wanted, settings, live }, setting): Judgement {
    const count = leavesOf(wanted).length;
    const expected = words(
      `${count} settings as in the chapter's file, in etcd and in PostgreSQL`,
      `${count} réglages comme dans le fichier du chapitre, dans etcd et dans PostgreSQL`,
    );
    return judgeLeader(settings, setting, expected, (used, leader) => {
      if (live?.kind !== 'answer')
        return {
          verdict: 'fail',
          expected,
          seen: live === null ? words('nothing', 'rien') : silentPatroni(live, leader),
        };
      const found = differences(wanted, live.value, used);
      if (found.length === 0) return { verdict: 'pass', expected, seen: words('all of them', 'tous') };
      const waits = found.every((difference) => difference.kind === 'not-in-use');
      return {
        verdict: 'fail',
        expected,
        seen:
          found.length === 1
            ? words('one is not', "un ne l'est pas")
            : words(`${found.length} are not`, `${found.length} ne le sont pas`),
        cause: joinWords(found.map(differenceWords), '\n'),
        ...(waits
          ? {}
          : {
              hint: words(
                'The file counted once, when the cluster was made. Now: `patronictl -c /etc/patroni/config.yml edit-config` (and correct the file for the next time).',
                'Le fichier a compté une seule fois, à la création du cluster. À présent : `patronictl -c /etc/patroni/config.yml edit-config` (et corrigez le fichier pour la prochaine fois).',
              ),
            }),
      };
    });
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});
