import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { plainDoor, type DoorAnswer } from '../probes/etcd-doors.ts';
import { etcdMembers, type EtcdMembership } from '../probes/etcd-members.ts';
import { type EtcdSettings } from '../probes/etcd-settings.ts';
import { seen } from '../probes/reach.ts';
import { askMember, silenceOf, type MemberAnswer } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { findingWords } from './etcd-configuration/finding.ts';
import { configuredAs, lookAtConfiguration } from './etcd-configuration/look-at-configuration.ts';
import { clientTlsFindings } from './etcd-configuration/tls-findings.ts';
import { defineCheck, type CheckSetting } from './kind.ts';

interface HttpsObservation {
  readonly plain: DoorAnswer;
  readonly settings: EtcdSettings;
  readonly asked: MemberAnswer<EtcdMembership>;
}

/** The member answers its clients over https alone, and tells them so. */
export const etcdServesHttps = defineCheck({
  name: 'etcd-serves-https',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [plain, settings, asked] = await Promise.all([
      plainDoor(reach, node),
      lookAtConfiguration(reach, setting),
      askMember(reach, node, setting.nodes, etcdMembers),
    ]);
    if (plain.kind === 'unseen') return plain;
    if (settings.kind === 'unseen') return settings;
    if (asked.kind === 'unseen') return asked;
    return seen<HttpsObservation>({ plain: plain.value, settings: settings.value, asked: asked.value });
  },

  judge(observation, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `${name} answers over https, and refuses plain http`,
      `${name} répond en https, et refuse le http simple`,
    );
    const { plain, asked } = observation;
    const silence = silenceOf(asked);
    const causes = causesOf(observation, setting);
    const all = [...causes, ...(silence === null ? [] : [silence.cause])];
    if (all.length === 0)
      return {
        verdict: 'pass',
        expected,
        seen: words('https answers, http is refused', 'https répond, http est refusé'),
      };
    const shown =
      silence?.seen ??
      (plain === 'open'
        ? words('plain http is answered', 'le http simple reçoit une réponse')
        : words('one thing is not right', 'un point à reprendre'));
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(all, '\n') };
  },

  command: ({ node }) =>
    `curl -s http://${node?.address ?? ''}:2379/version; curl -s --cacert /etc/etcd/tls/ca.crt --cert /etc/etcd/tls/server.crt --key /etc/etcd/tls/server.key https://${node?.address ?? ''}:2379/version`,
});

function causesOf({ plain, settings, asked }: HttpsObservation, setting: CheckSetting): readonly Words[] {
  const { name } = checkedNode(setting);
  const findings = clientTlsFindings(configuredAs(settings, setting)).map(findingWords);
  if (findings.length > 0) return findings;
  const own =
    asked.answer.kind === 'answer' ? asked.answer.value.members.find((member) => member.name === name) : undefined;
  const told = own?.clientUrls.filter((url) => url.startsWith('http:')) ?? [];
  const restart = words('`systemctl restart etcd`', '`systemctl restart etcd`');
  if (plain === 'open')
    return [
      words(
        `${name} has the right settings and still answers plain http: it was not restarted since (${restart.en})`,
        `${name} a les bons réglages et répond encore en http : il n'a pas été redémarré depuis (${restart.fr})`,
      ),
    ];
  if (told.length === 0) return [];
  return [
    words(
      `${name} still tells its clients to come to ${told.join(', ')}`,
      `${name} annonce encore ${told.join(', ')} à ses clients`,
    ),
  ];
}
