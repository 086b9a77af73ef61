import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { psqlCommand, type PostgresAnswer } from '../probes/postgres.ts';
import { hbaRules, type HbaRule } from '../probes/postgres-hba.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { type Finding } from './patroni-configuration/finding.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import {
  configurationFindings,
  lookForPatroniTrouble,
  patroniConfigurationPath,
  patroniTroubleWords,
  type PatroniTrouble,
} from './patroni-trouble.ts';
import { silentPostgres } from './silent-postgres.ts';
import { addressOf, tooOpenRule } from './too-open-rule.ts';

interface TrustObservation {
  readonly rules: PostgresAnswer<readonly HbaRule[]>;
  readonly trouble: PatroniTrouble;
}

/** Over the network nobody gets in without a password, and nobody from outside of the lab gets as far as being asked. */
export const noTrust = defineCheck({
  name: 'no-trust',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 15,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [rules, trouble] = await Promise.all([hbaRules(reach, node), lookForPatroniTrouble(reach, node)]);
    if (rules.kind === 'unseen') return rules;
    if (trouble.kind === 'unseen') return trouble;
    return seen<TrustObservation>({ rules: rules.value, trouble: trouble.value });
  },

  judge({ rules, trouble }, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      'no `trust` over the network, nothing open to every address',
      "pas de `trust` sur le réseau, rien d'ouvert à toutes les adresses",
    );
    if (rules.kind !== 'answer')
      return { verdict: 'fail', expected, seen: silentPostgres(rules, node), ...patroniTroubleWords(trouble, setting) };
    const causes = rules.value.flatMap((rule) => tooOpenRule(rule) ?? []);
    const seen = verbatim(methodsOf(rules.value));
    if (causes.length === 0) return { verdict: 'pass', expected, seen };
    const findings = originOf(trouble, setting);
    const origin = findings.length === 0 ? null : findingWords(findings, patroniConfigurationPath);
    return {
      verdict: 'fail',
      expected,
      seen,
      cause: joinWords([...causes, ...(origin === null ? [] : [origin.cause])], '\n'),
      hint: origin?.hint ?? writtenElsewhere(),
    };
  },

  command: ({ workshop }) => psqlCommand(workshop, 'select * from pg_hba_file_rules'),
});

function methodsOf(rules: readonly HbaRule[]): string {
  const said = rules.map((rule) =>
    [rule.type ?? '?', addressOf(rule), rule.method ?? '?'].filter((part) => part !== '').join(' '),
  );
  return [...new Set(said)].join(', ');
}

/** Which line of Patroni's file the lines of pg_hba.conf come from. */
function originOf(trouble: PatroniTrouble, setting: CheckSetting): readonly Finding[] {
  const about = ['bootstrap-pg-hba', 'pg-hba-missing', 'pg-hba-trust', 'pg-hba-open', 'pg-hba-not-a-list'];
  return configurationFindings(trouble, setting).filter(({ id }) => about.includes(id));
}

function writtenElsewhere(): Words {
  return words(
    'Patroni writes pg_hba.conf from `postgresql.pg_hba`, of its own file or of `patronictl edit-config`; after a change: `patronictl reload`, or `systemctl reload patroni`.',
    'Patroni écrit pg_hba.conf à partir de `postgresql.pg_hba`, de son propre fichier ou de `patronictl edit-config` ; après un changement : `patronictl reload`, ou `systemctl reload patroni`.',
  );
}
