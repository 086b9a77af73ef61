import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { etcdDataDirectories } from '../probes/etcd-data.ts';
import { etcdSettings } from '../probes/etcd-settings.ts';
import { etcdSources } from '../probes/etcd-sources.ts';
import { etcdStatus, type EtcdStatus } from '../probes/etcd-status.ts';
import { seen } from '../probes/reach.ts';
import { askMember, silenceOf, type MemberAnswer } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

interface BootDataObservation {
  readonly directories: readonly string[];
  /** Where the configuration puts the data; null when it doesn't say. */
  readonly configured: string | null;
  readonly own: MemberAnswer<EtcdStatus>;
  /** The target's other members that answer. */
  readonly others: readonly { readonly node: NodeDefinition; readonly status: EtcdStatus }[];
}

/** etcd makes a member's id from its peer URLs and token: this one is what Debian's package gets with no settings at all. */
const bootMemberId = '8e9e05c52164694d';

/** Nothing is left of the one-member cluster that the package starts at its installation. */
export const etcdBootDataGone = defineCheck({
  name: 'etcd-boot-data-gone',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [directories, sources, own] = await Promise.all([
      etcdDataDirectories(reach, node.name),
      etcdSources(reach, node.name),
      askMember(reach, node, setting.nodes, etcdStatus),
    ]);
    if (directories.kind === 'unseen') return directories;
    if (sources.kind === 'unseen') return sources;
    if (own.kind === 'unseen') return own;
    const others: BootDataObservation['others'][number][] = [];
    for (const other of setting.nodes.filter(({ name }) => name !== node.name)) {
      const status = await etcdStatus(reach, other);
      if (status.kind === 'unseen') return status;
      if (status.value.kind === 'answer') others.push({ node: other, status: status.value.value });
    }
    const configured = etcdSettings(sources.value).settings.get('data-dir')?.value ?? null;
    return seen<BootDataObservation>({ directories: directories.value, configured, own: own.value, others });
  },

  judge({ directories, configured, own, others }, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      'one data directory, with the data of the common cluster',
      'un seul répertoire de données, celui du cluster commun',
    );
    const list = directories.length === 0 ? words('no data', 'aucune donnée') : verbatim(directories.join(', '));
    const silence = silenceOf(own);
    const answer = silence?.seen ?? memberWords(own);
    const shown = joinWords([list, answer], ', ');
    const causes = [
      ...identityTrouble(own, others, node),
      ...leftovers(directories, configured),
      ...(silence === null ? [] : [silence.cause]),
    ];
    if (causes.length > 0) return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n') };
    return { verdict: 'pass', expected, seen: shown };
  },

  command: () => 'etcdctl endpoint status -w table; find /var/lib/etcd -name member',
});

function memberWords({ answer }: MemberAnswer<EtcdStatus>): Words {
  const id = answer.kind === 'answer' ? answer.value.memberId : '';
  return words(`member ${id}`, `membre ${id}`);
}

function identityTrouble(
  { answer }: MemberAnswer<EtcdStatus>,
  others: BootDataObservation['others'],
  node: NodeDefinition,
): readonly Words[] {
  if (answer.kind !== 'answer') return [];
  const { memberId, clusterId } = answer.value;
  const elsewhere = others.filter(({ status }) => status.clusterId !== clusterId).map((other) => other.node.name);
  // Told to the one that is apart, not to those that it left.
  const apart = elsewhere.length > others.length - elsewhere.length;
  if (memberId !== bootMemberId) return apart ? [otherCluster(node, clusterId, elsewhere)] : [];
  return [
    words(
      `${node.name} is still the member ${bootMemberId}, which the package made when it started etcd without a configuration: stop etcd, remove its data, and start it with the others`,
      `${node.name} est encore le membre ${bootMemberId}, créé par le paquet quand il a démarré etcd sans configuration : arrêtez etcd, supprimez ses données, et démarrez-le avec les autres`,
    ),
  ];
}

function otherCluster(node: NodeDefinition, clusterId: string, elsewhere: readonly string[]): Words {
  const names = elsewhere.join(', ');
  return words(
    `${node.name} belongs to the cluster ${clusterId}, and ${names} to another one: ${node.name} still has the data of an earlier start, or was started with another list or token`,
    `${node.name} appartient au cluster ${clusterId}, et ${names} à un autre : ${node.name} a encore les données d'un démarrage précédent, ou a été démarré avec une autre liste ou un autre jeton`,
  );
}

function leftovers(directories: readonly string[], configured: string | null): readonly Words[] {
  const old = directories.filter((path) => path !== configured);
  if (directories.length < 2 || old.length === 0) return [];
  const list = old.join(', ');
  return [
    words(
      `${list} holds the data of another cluster, and etcd does not use it any more: \`rm -r ${old.join(' ')}\``,
      `${list} contient les données d'un autre cluster, qu'etcd n'utilise plus : \`rm -r ${old.join(' ')}\``,
    ),
  ];
}
