import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { anonymousDoor, strangersDoor, type DoorAnswer } from '../probes/etcd-doors.ts';
import { etcdStatus, type EtcdStatus } from '../probes/etcd-status.ts';
import { type EtcdSettings } from '../probes/etcd-settings.ts';
import { seen } from '../probes/reach.ts';
import { askMember, silenceOf, type MemberAnswer } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { findingWords } from './etcd-configuration/finding.ts';
import { configuredAs, lookAtConfiguration } from './etcd-configuration/look-at-configuration.ts';
import { clientCertificateFindings } from './etcd-configuration/tls-findings.ts';
import { defineCheck } from './kind.ts';

interface DoorsObservation {
  readonly anonymous: DoorAnswer;
  /** null: nothing to try it with. */
  readonly stranger: DoorAnswer | null;
  readonly settings: EtcdSettings;
  readonly asked: MemberAnswer<EtcdStatus>;
}

/** Nobody gets in without a certificate of the lab's authority; who has one does. */
export const etcdClientCertificates = defineCheck({
  name: 'etcd-client-certificates',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [anonymous, stranger, settings, asked] = await Promise.all([
      anonymousDoor(reach, node),
      strangersDoor(reach, node),
      lookAtConfiguration(reach, setting),
      askMember(reach, node, setting.nodes, etcdStatus),
    ]);
    if (anonymous.kind === 'unseen') return anonymous;
    if (stranger.kind === 'unseen') return stranger;
    if (settings.kind === 'unseen') return settings;
    if (asked.kind === 'unseen') return asked;
    return seen<DoorsObservation>({
      anonymous: anonymous.value,
      stranger: stranger.value,
      settings: settings.value,
      asked: asked.value,
    });
  },

  judge({ anonymous, stranger, settings, asked }, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `${name} turns away who has no certificate of its authority`,
      `${name} renvoie qui n'a pas de certificat de son autorité`,
    );
    const silence = silenceOf(asked);
    const findings = clientCertificateFindings(configuredAs(settings, setting)).map(findingWords);
    const open: readonly Words[] = [
      ...(anonymous === 'open'
        ? [words('a client without a certificate gets in', 'un client sans certificat entre')]
        : []),
      ...(stranger === 'open'
        ? [words('a certificate of another authority gets in', "un certificat d'une autre autorité entre")]
        : []),
    ];
    const unread =
      open.length > 0 && findings.length === 0
        ? [
            words(
              'etcd was not restarted since its settings changed',
              "etcd n'a pas été redémarré depuis le changement",
            ),
          ]
        : [];
    const causes = [...findings, ...open, ...unread, ...(silence === null ? [] : [silence.cause])];
    if (causes.length === 0)
      return {
        verdict: 'pass',
        expected,
        seen: words('no certificate, no answer', 'sans certificat, pas de réponse'),
      };
    return {
      verdict: 'fail',
      expected,
      seen:
        silence?.seen ??
        open[0] ??
        words('the settings do not ask everybody for one', "les réglages n'en exigent pas de tous"),
      cause: joinWords(causes, '\n'),
    };
  },

  command: ({ node }) => `curl -sk https://${node?.address ?? ''}:2379/version; grep CERT_AUTH /etc/default/etcd`,
});
