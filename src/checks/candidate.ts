// What Patroni may do with a member, by the tags that the member has told etcd.

import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { dcsContent, type DcsMember } from '../probes/dcs.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { type CheckSetting } from './kind.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import {
  configurationFindings,
  lookForPatroniTrouble,
  patroniConfigurationPath,
  patroniTroubleWords,
  type PatroniTrouble,
} from './patroni-trouble.ts';

export interface Candidate {
  /** As it stands in etcd; undefined: it isn't there; null: no etcd answers. */
  readonly member: DcsMember | undefined | null;
  /** Looked for only when something is wrong. */
  readonly trouble: PatroniTrouble | null;
}

/** What is asked of a candidate, and what there is to say. */
export interface Candidacy {
  readonly allowed: (member: DcsMember) => boolean;
  readonly expected: Words;
  /** Seen where it is not allowed. */
  readonly forbidden: Words;
  /** The finding in Patroni's file that explains it. */
  readonly finding: string;
  /** When no tag in the file says so. */
  readonly otherwise: Words;
}

export async function observeCandidate(
  reach: Reach,
  setting: CheckSetting,
  allowed: Candidacy['allowed'],
): Promise<Observed<Candidate>> {
  const node = checkedNode(setting);
  const dcs = await dcsContent(reach);
  if (dcs.kind === 'unseen') return dcs;
  const member = dcs.value === null ? null : dcs.value.members.find(({ name }) => name === node.member);
  if (member === null || (member !== undefined && allowed(member))) return seen({ member, trouble: null });
  const trouble = await lookForPatroniTrouble(reach, node);
  return trouble.kind === 'unseen' ? trouble : seen({ member, trouble: trouble.value });
}

export function judgeCandidate({ member, trouble }: Candidate, setting: CheckSetting, asked: Candidacy): Judgement {
  const name = checkedNode(setting).member ?? '';
  const { expected } = asked;
  if (member === null) return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
  if (member === undefined) {
    const told = trouble === null ? null : patroniTroubleWords(trouble, setting);
    const absent = words(`${name} is not in etcd`, `${name} n'est pas dans etcd`);
    return { verdict: 'fail', expected, seen: absent, ...told };
  }
  if (asked.allowed(member))
    return { verdict: 'pass', expected, seen: words('no tag against it', "aucun tag ne s'y oppose") };
  return { verdict: 'fail', expected, seen: asked.forbidden, ...whyForbidden(trouble, setting, asked) };
}

function whyForbidden(
  trouble: PatroniTrouble | null,
  setting: CheckSetting,
  { finding, otherwise }: Candidacy,
): { readonly cause: Words; readonly hint: Words } {
  const tags = trouble === null ? [] : configurationFindings(trouble, setting).filter(({ id }) => id === finding);
  if (tags.length > 0) return findingWords(tags, patroniConfigurationPath);
  return {
    cause: otherwise,
    hint: words(
      'Make it read the file: `systemctl reload patroni`',
      'Faites-lui relire le fichier : `systemctl reload patroni`',
    ),
  };
}
