import * as z from 'zod';
import { scenarioNames } from '../model/measurement.ts';
import { type Judgement } from '../model/verdict.ts';
import { type Words, words } from '../model/words.ts';
import { ledgerRuns, ledgerRunsSql } from '../probes/ledger-runs.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader } from './leader-answer.ts';

const schema = z.strictObject({
  scenario: z.enum(scenarioNames),
  synchronous: z.enum(['off', 'on', 'strict', 'quorum']),
  lost: z.enum(['some', 'none']),
});
type Args = z.infer<typeof schema>;

/** `lab measure SCENARIO` was run in that mode, and the rows in the database say that it lost some, or none. */
export const ledgerTells = defineCheck({
  name: 'ledger-tells',
  scope: 'cluster',
  schema,
  withinSeconds: 15,
  tellsOfPast: true,

  observe: (reach, setting, { scenario, synchronous }) =>
    askLeader(reach, setting, (leader) => ledgerRuns(reach, leader, scenario, synchronous)),

  judge(observed, setting, args): Judgement {
    const expected = expectedWords(args);
    const { answer } = observed;
    if (answer?.kind === 'error' && answer.message.includes('does not exist'))
      return { verdict: 'fail', expected, ...neverMeasured(args) };
    return judgeLeader(observed, setting, expected, (runs) => {
      const worst = runs.toSorted((one, other) => other.lost - one.lost)[0];
      if (worst === undefined) return { verdict: 'fail', expected, ...neverMeasured(args) };
      const acknowledged = runs.reduce((sum, run) => sum + run.acknowledged, 0);
      const lost = runs.reduce((sum, run) => sum + run.lost, 0);
      const seen = words(
        `${acknowledged} acknowledged, ${lost} of them lost`,
        `${acknowledged} confirmées, dont ${lost} perdues`,
      );
      if (acknowledged > 0 && lost > 0 === (args.lost === 'some')) return { verdict: 'pass', expected, seen };
      return { verdict: 'fail', expected, seen, cause: whyOtherwise(args, worst.run) };
    });
  },

  command: ({ workshop }, { scenario, synchronous }) => psqlCommand(workshop, ledgerRunsSql(scenario, synchronous)),
});

function expectedWords({ scenario, synchronous, lost }: Args): Words {
  const mode = modeWords(synchronous);
  return lost === 'some'
    ? words(
        `${scenario}, ${mode.en}: acknowledged rows lost`,
        `${scenario}, ${mode.fr} : des lignes confirmées perdues`,
      )
    : words(
        `${scenario}, ${mode.en}: no acknowledged row lost`,
        `${scenario}, ${mode.fr} : aucune ligne confirmée perdue`,
      );
}

function modeWords(synchronous: Args['synchronous']): Words {
  return synchronous === 'off'
    ? words('asynchronous', 'en asynchrone')
    : words(`synchronous_mode ${synchronous}`, `synchronous_mode ${synchronous}`);
}

function neverMeasured({ scenario, synchronous }: Args): { readonly seen: Words; readonly cause: Words } {
  const mode = modeWords(synchronous);
  return {
    seen: words('no such measurement', 'pas de telle mesure'),
    cause: words(
      `\`lab measure ${scenario}\` has not been run to its end while the cluster was ${mode.en}`,
      `\`lab measure ${scenario}\` n'a pas été mené à son terme alors que le cluster était ${mode.fr}`,
    ),
  };
}

function whyOtherwise({ scenario, lost }: Args, run: string): Words {
  return lost === 'some'
    ? words(
        `run ${run} lost nothing: its clients did not write on the leader that was cut off; measure again with \`lab measure ${scenario}\``,
        `le passage ${run} n'a rien perdu : ses clients n'écrivaient pas sur le leader coupé ; mesurez de nouveau avec \`lab measure ${scenario}\``,
      )
    : words(
        `run ${run} lost rows that had been acknowledged: some commit did not wait for its standby (synchronous_commit off or local?)`,
        `le passage ${run} a perdu des lignes confirmées : un commit n'a pas attendu son standby (synchronous_commit à off ou local ?)`,
      );
}
