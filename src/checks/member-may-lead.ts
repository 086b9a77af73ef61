import { z } from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { dcsContent, dcsPrefix, type DcsMember } from '../probes/dcs.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import {
  configurationFindings,
  lookForPatroniTrouble,
  patroniConfigurationPath,
  patroniTroubleWords,
  type PatroniTrouble,
} from './patroni-trouble.ts';

interface CandidateObservation {
  /** As it stands in etcd; undefined: it isn't there; null: no etcd answers. */
  readonly member: DcsMember | undefined | null;
  /** Looked for only when something is wrong. */
  readonly trouble: PatroniTrouble | null;
}

/** Patroni may promote this member: no tag of its own forbids it. */
export const memberMayLead = defineCheck({
  name: 'member-may-lead',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const dcs = await dcsContent(reach);
    if (dcs.kind === 'unseen') return dcs;
    const member = dcs.value === null ? null : dcs.value.members.find(({ name }) => name === node.member);
    if (member === null || member?.mayLead === true) return seen<CandidateObservation>({ member, trouble: null });
    const trouble = await lookForPatroniTrouble(reach, node);
    return trouble.kind === 'unseen' ? trouble : seen<CandidateObservation>({ member, trouble: trouble.value });
  },

  judge({ member, trouble }, setting): Judgement {
    const name = checkedNode(setting).member ?? '';
    const expected = words(`${name} may be promoted`, `${name} peut être promu`);
    if (member === null) return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    if (member === undefined) {
      const told = trouble === null ? null : patroniTroubleWords(trouble, setting);
      return {
        verdict: 'fail',
        expected,
        seen: words(`${name} is not in etcd`, `${name} n'est pas dans etcd`),
        ...told,
      };
    }
    if (member.mayLead)
      return { verdict: 'pass', expected, seen: words('no tag against it', "aucun tag ne s'y oppose") };
    const seen = words('its tags forbid it', 'ses tags le lui interdisent');
    return { verdict: 'fail', expected, seen, ...whyNever(name, trouble, setting) };
  },

  command: ({ workshop, node }) => `etcdctl get --print-value-only ${dcsPrefix(workshop)}members/${node?.member ?? ''}`,
});

function whyNever(
  name: string,
  trouble: PatroniTrouble | null,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint: Words } {
  const tags =
    trouble === null ? [] : configurationFindings(trouble, setting).filter(({ id }) => id === 'tag-nofailover');
  if (tags.length > 0) return findingWords(tags, patroniConfigurationPath);
  return {
    cause: words(
      `${name} has told etcd that it is never to be promoted; no tag in ${patroniConfigurationPath} says so now, so Patroni was started with an older file`,
      `${name} a annoncé à etcd qu'il ne doit jamais être promu ; aucun tag de ${patroniConfigurationPath} ne le dit à présent : Patroni a été démarré avec un fichier plus ancien`,
    ),
    hint: words(
      'Make it read the file: `systemctl reload patroni`',
      'Faites-lui relire le fichier : `systemctl reload patroni`',
    ),
  };
}
