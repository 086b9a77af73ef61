import * as z from 'zod';
import { words } from '../model/words.ts';
import { dcsPrefix, type DcsMember } from '../probes/dcs.ts';
import { judgeCandidate, observeCandidate } from './candidate.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { patroniConfigurationPath } from './patroni-trouble.ts';

/** Patroni may promote this member: no tag of its own forbids it. */
export const memberMayLead = defineCheck({
  name: 'member-may-lead',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  observe: (reach, setting) => observeCandidate(reach, setting, allowed),

  judge(candidate, setting) {
    const name = checkedNode(setting).member ?? '';
    return judgeCandidate(candidate, setting, {
      allowed,
      expected: words(`${name} may be promoted`, `${name} peut être promu`),
      forbidden: words('its tags forbid it', 'ses tags le lui interdisent'),
      finding: 'tag-nofailover',
      otherwise: words(
        `${name} has told etcd that it is never to be promoted; no tag in ${patroniConfigurationPath} says so now, so Patroni was started with an older file`,
        `${name} a annoncé à etcd qu'il ne doit jamais être promu ; aucun tag de ${patroniConfigurationPath} ne le dit à présent : Patroni a été démarré avec un fichier plus ancien`,
      ),
    });
  },

  command: ({ workshop, node }) => `etcdctl get --print-value-only ${dcsPrefix(workshop)}members/${node?.member ?? ''}`,
});

function allowed(member: DcsMember): boolean {
  return member.mayLead;
}
