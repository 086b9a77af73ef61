import * as z from 'zod';
import { words } from '../model/words.ts';
import { dcsPrefix, type DcsMember } from '../probes/dcs.ts';
import { judgeCandidate, observeCandidate } from './candidate.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { patroniConfigurationPath } from './patroni-trouble.ts';

/** Patroni may choose this member for a synchronous standby: it has no tag `nosync`. */
export const memberMayBeSynchronous = defineCheck({
  name: 'member-may-be-synchronous',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  observe: (reach, setting) => observeCandidate(reach, setting, allowed),

  judge(candidate, setting) {
    const name = checkedNode(setting).member ?? '';
    return judgeCandidate(candidate, setting, {
      allowed,
      expected: words(`${name} may be a synchronous standby`, `${name} peut être standby synchrone`),
      forbidden: words('its tag nosync forbids it', 'son tag nosync le lui interdit'),
      finding: 'tag-nosync',
      otherwise: words(
        `${name} has told etcd that it is never to be waited for; no tag in ${patroniConfigurationPath} says so now, so Patroni runs with an older file`,
        `${name} a annoncé à etcd qu'il ne faut jamais l'attendre ; aucun tag de ${patroniConfigurationPath} ne le dit à présent : Patroni tourne avec un fichier plus ancien`,
      ),
    });
  },

  command: ({ workshop, node }) => `etcdctl get --print-value-only ${dcsPrefix(workshop)}members/${node?.member ?? ''}`,
});

function allowed(member: DcsMember): boolean {
  return member.maySync;
}
