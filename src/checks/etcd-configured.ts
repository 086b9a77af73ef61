import * as z from 'zod';
import { type NodeName } from '../model/ids.ts';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { etcdDataDirectories } from '../probes/etcd-data.ts';
import { type EtcdSources } from '../probes/etcd-invocation.ts';
import { etcdSettings, type EtcdSettings } from '../probes/etcd-settings.ts';
import { etcdSources } from '../probes/etcd-sources.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { findingWords, found, type Configured, type Finding } from './etcd-configuration/finding.ts';
import { initialClusterFindings } from './etcd-configuration/initial-cluster-findings.ts';
import { memberFindings, timingFindings } from './etcd-configuration/member-findings.ts';
import { gatewayFindings, startFindings, unknownFindings } from './etcd-configuration/start-findings.ts';
import { tokenFindings } from './etcd-configuration/token-findings.ts';
import { urlFindings } from './etcd-configuration/url-findings.ts';
import { defineCheck, type CheckSetting } from './kind.ts';

interface ConfigurationObservation {
  /** Of this node and of the target's other nodes that run. */
  readonly sources: ReadonlyMap<NodeName, EtcdSources>;
  /** One of them has the data of a member. */
  readonly memberDataAnywhere: boolean;
}

/** What is on disk makes this node's etcd the member that the workshop wants, whichever way it is written. */
export const etcdConfigured = defineCheck({
  name: 'etcd-configured',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const own = checkedNode(setting).name;
    const running = setting.nodes.filter(({ name }) => name === own || reach.observation.nodes.get(name) === 'running');
    const looks = await Promise.all(
      running.map(async ({ name }) => ({
        name,
        files: await etcdSources(reach, name),
        data: await etcdDataDirectories(reach, name),
      })),
    );
    const sources = new Map<NodeName, EtcdSources>();
    let memberDataAnywhere = false;
    for (const { name, files, data } of looks) {
      if (files.kind === 'unseen') return files;
      if (data.kind === 'unseen') return data;
      sources.set(name, files.value);
      memberDataAnywhere ||= data.value.length > 0;
    }
    return seen<ConfigurationObservation>({ sources, memberDataAnywhere });
  },

  judge({ sources, memberDataAnywhere }, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      `${node.name} is one of the members ${setting.nodes.map(({ name }) => name).join(', ')}`,
      `${node.name} est l'un des membres ${setting.nodes.map(({ name }) => name).join(', ')}`,
    );
    const findings = findingsOn(sources, memberDataAnywhere, setting);
    const settings = new Map(Array.from(sources, ([name, own]) => [name, etcdSettings(own)]));
    if (findings.length === 0) return { verdict: 'pass', expected, seen: summary(settings.get(node.name)) };
    const count = String(findings.length);
    return {
      verdict: 'fail',
      expected,
      seen:
        findings.length === 1
          ? words('one thing is not right', 'un point à reprendre')
          : words(`${count} things are not right`, `${count} points à reprendre`),
      cause: joinWords(findings.map(findingWords), '\n'),
      final: true,
    };
  },

  command: () => 'systemctl cat etcd; cat /etc/default/etcd',
});

function findingsOn(
  sources: ConfigurationObservation['sources'],
  memberDataAnywhere: boolean,
  setting: CheckSetting,
): readonly Finding[] {
  const node = checkedNode(setting);
  const own = sources.get(node.name);
  if (own === undefined || own.unit.length === 0) return [noService()];
  const settings = etcdSettings(own);
  const configured: Configured = { settings, node, members: setting.nodes, nodes: setting.workshop.nodes };
  const others = new Map(
    Array.from(sources).flatMap(([name, of]) => (name === node.name ? [] : [[name, etcdSettings(of)] as const])),
  );
  const start = startFindings(own, configured);
  if (!describesCluster(settings))
    return [
      ...start,
      ...(settings.unreadable === null && own.configuration?.text !== null ? [nothingSet(own, configured)] : []),
    ];
  const findings = [
    ...start,
    ...memberFindings(configured, memberDataAnywhere),
    ...urlFindings(configured),
    ...initialClusterFindings(configured),
    ...tokenFindings(configured, others),
    ...timingFindings(configured),
    ...gatewayFindings(configured, setting.edition.values['etcd']),
    ...unknownFindings(configured),
  ];
  return findings.length === 0 ? [] : [...findings, ...notRead(own, settings)];
}

/** Debian's package as it comes sets the name and the data directory, and nothing of a cluster. */
function describesCluster({ settings }: EtcdSettings): boolean {
  return ['initial-cluster', 'listen-peer-urls', 'initial-advertise-peer-urls', 'listen-client-urls'].some((name) =>
    settings.has(name),
  );
}

function noService(): Finding {
  return found(
    null,
    'there is no etcd service on this node: the package etcd-server is not installed',
    "il n'y a pas de service etcd sur ce nœud : le paquet etcd-server n'est pas installé",
  );
}

function nothingSet({ unused }: EtcdSources, { settings }: Configured): Finding {
  const where = settings.invocation.environmentFiles.join(', ');
  const [file] = unused;
  if (file !== undefined) {
    return found(
      null,
      `etcd is not told to read ${file}: it would start alone on localhost. Either put the settings into ${where} as ETCD_…, or name the file with --config-file`,
      `rien ne dit à etcd de lire ${file} : il démarrerait seul, sur localhost. Mettez les réglages dans ${where} sous la forme ETCD_…, ou nommez le fichier avec --config-file`,
    );
  }
  return found(
    null,
    `${where} says nothing of the cluster yet: etcd would start alone on localhost`,
    `${where} ne dit encore rien du cluster : etcd démarrerait seul, sur localhost`,
  );
}

/** With a configuration file the variables don't count, which surprises whoever corrects them. */
function notRead(own: EtcdSources, { style, invocation }: EtcdSettings): readonly Finding[] {
  const given = invocation.configurationFile;
  const variables = Array.from(invocation.environment.values()).filter(
    ({ name, origin }) => name.startsWith('ETCD_') && !own.unit.some(({ path }) => path === origin.file),
  );
  if (style !== 'file' || given === null || variables.length === 0) return [];
  return [
    found(
      given.origin,
      `because of this, etcd reads ${given.text} alone: the ETCD_… lines of ${invocation.environmentFiles.join(', ')} don't count`,
      `à cause de cela, etcd ne lit que ${given.text} : les lignes ETCD_… de ${invocation.environmentFiles.join(', ')} ne comptent pas`,
    ),
  ];
}

function summary(settings: EtcdSettings | undefined): Words {
  const value = (name: string) => settings?.settings.get(name)?.value ?? '';
  return words(
    `member ${value('name')}, data in ${value('data-dir')}, ${String(value('initial-cluster').split(',').length)} members`,
    `membre ${value('name')}, données dans ${value('data-dir')}, ${String(value('initial-cluster').split(',').length)} membres`,
  );
}
