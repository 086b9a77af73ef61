import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { etcdMembers, type EtcdMembership } from '../probes/etcd-members.ts';
import { type EtcdSettings } from '../probes/etcd-settings.ts';
import { seen } from '../probes/reach.ts';
import { askMember, silenceOf, type MemberAnswer } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { findingWords } from './etcd-configuration/finding.ts';
import { configuredAs, lookAtConfiguration } from './etcd-configuration/look-at-configuration.ts';
import { peerTlsFindings } from './etcd-configuration/tls-findings.ts';
import { defineCheck, type CheckSetting } from './kind.ts';

interface PeersObservation {
  readonly settings: EtcdSettings;
  readonly asked: MemberAnswer<EtcdMembership>;
}

/** The member is reached by the others over https: as it is configured, and as the cluster remembers it. */
export const etcdPeersHttps = defineCheck({
  name: 'etcd-peers-https',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, setting) {
    const [settings, asked] = await Promise.all([
      lookAtConfiguration(reach, setting),
      askMember(reach, checkedNode(setting), setting.nodes, etcdMembers),
    ]);
    if (settings.kind === 'unseen') return settings;
    return asked.kind === 'unseen' ? asked : seen<PeersObservation>({ settings: settings.value, asked: asked.value });
  },

  judge({ settings, asked }, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(`the others reach ${name} over https`, `les autres joignent ${name} en https`);
    const silence = silenceOf(asked);
    const findings = peerTlsFindings(configuredAs(settings, setting)).map(findingWords);
    const remembered = rememberedUrls(asked, setting);
    const causes = [...findings, ...(silence === null ? remembered.causes : [silence.cause])];
    const shown = silence?.seen ?? verbatim(remembered.urls.join(', '));
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n') };
  },

  command: () => 'etcdctl member list -w table; grep PEER /etc/default/etcd',
});

function rememberedUrls({ answer }: MemberAnswer<EtcdMembership>, setting: CheckSetting) {
  const { name } = checkedNode(setting);
  const own = answer.kind === 'answer' ? answer.value.members.find((member) => member.name === name) : undefined;
  const urls = own?.peerUrls ?? [];
  const plain = urls.filter((url) => url.startsWith('http:'));
  const id = own?.id ?? 'ID';
  const update = `etcdctl member update ${id} --peer-urls=${urls.join(',').replaceAll('http:', 'https:')}`;
  const causes: readonly Words[] =
    plain.length === 0
      ? []
      : [
          words(
            `the cluster remembers ${name} at ${plain.join(', ')}: ETCD_INITIAL_… counts only at the very first start. \`${update}\``,
            `le cluster garde en mémoire ${plain.join(', ')} pour ${name} : ETCD_INITIAL_… ne compte qu'au tout premier démarrage. \`${update}\``,
          ),
        ];
  return { urls, causes };
}
