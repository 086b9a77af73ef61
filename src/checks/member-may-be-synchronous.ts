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

interface SynchronousCandidate {
  /** As it stands in etcd; undefined: it isn't there; null: no etcd answers. */
  readonly member: DcsMember | undefined | null;
  /** Looked for only when something is wrong. */
  readonly trouble: PatroniTrouble | null;
}

/** Patroni may choose this member for a synchronous standby: it has no tag `nosync`. */
export const memberMayBeSynchronous = defineCheck({
  name: 'member-may-be-synchronous',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const dcs = await dcsContent(reach);
    if (dcs.kind === 'unseen') return dcs;
    const member = dcs.value === null ? null : dcs.value.members.find(({ name }) => name === node.member);
    if (member === null || member?.maySync === true) return seen<SynchronousCandidate>({ member, trouble: null });
    const trouble = await lookForPatroniTrouble(reach, node);
    return trouble.kind === 'unseen' ? trouble : seen<SynchronousCandidate>({ member, trouble: trouble.value });
  },

  judge({ member, trouble }, setting): Judgement {
    const name = checkedNode(setting).member ?? '';
    const expected = words(`${name} may be a synchronous standby`, `${name} peut être standby synchrone`);
    if (member === null) return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    if (member === undefined) {
      const told = trouble === null ? null : patroniTroubleWords(trouble, setting);
      const absent = words(`${name} is not in etcd`, `${name} n'est pas dans etcd`);
      return { verdict: 'fail', expected, seen: absent, ...told };
    }
    if (member.maySync)
      return { verdict: 'pass', expected, seen: words('no tag against it', "aucun tag ne s'y oppose") };
    const seen = words('its tag nosync forbids it', 'son tag nosync le lui interdit');
    return { verdict: 'fail', expected, seen, ...whyNever(name, trouble, setting) };
  },

  command: ({ workshop, node }) => `etcdctl get --print-value-only ${dcsPrefix(workshop)}members/${node?.member ?? ''}`,
});

function whyNever(
  name: string,
  trouble: PatroniTrouble | null,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint: Words } {
  const tags = trouble === null ? [] : configurationFindings(trouble, setting).filter(({ id }) => id === 'tag-nosync');
  if (tags.length > 0) return findingWords(tags, patroniConfigurationPath);
  return {
    cause: words(
      `${name} has told etcd that it is never to be waited for; no tag in ${patroniConfigurationPath} says so now, so Patroni runs with an older file`,
      `${name} a annoncé à etcd qu'il ne faut jamais l'attendre ; aucun tag de ${patroniConfigurationPath} ne le dit à présent : Patroni tourne avec un fichier plus ancien`,
    ),
    hint: words(
      'Make it read the file: `systemctl reload patroni`',
      'Faites-lui relire le fichier : `systemctl reload patroni`',
    ),
  };
}
