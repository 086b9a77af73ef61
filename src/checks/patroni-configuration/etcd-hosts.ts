import { type NodeDefinition, type Workshop } from '../../model/workshop.ts';
import { joinWords, verbatim, words } from '../../model/words.ts';
import { entryAt, textOf, textsOf, type ConfigurationEntry } from './configuration-entry.ts';
import { silentlyWrong, type ConfigurationRule, type FindingDraft } from './finding.ts';
import { nodeCalled, parseHostAndPort } from './host-and-port.ts';

const clientPort = '2379';
const peerPort = '2380';

interface WrittenHost {
  readonly line: number;
  readonly text: string;
}

/**
 * The members that Patroni may ask: all of them, with the port of clients. One is enough to start with while it lives,
 * which is what a single `host` hides. `proxy` and `srv` name them elsewhere.
 */
export const etcdHosts: ConfigurationRule = (root, { workshop }) => {
  const section = ['etcd3', 'etcd'].flatMap((key) => entryAt(root, key) ?? [])[0];
  const members = workshop.nodes.filter((node) => workshop.groups['etcd']?.includes(node.name));
  if (section === undefined || members.length === 0) return [];
  if (['proxy', 'srv', 'discovery_srv', 'srv_domain'].some((key) => entryAt(section, key))) return [];
  const { at, key, hosts } = writtenHosts(section);
  const wrong = wrongHosts(hosts, members, workshop);
  const named = new Set(hosts.map(({ text }) => nodeCalled(workshop, bare(text).host)?.name));
  const missing = members.filter((member) => !named.has(member.name));
  // What an entry was meant to be is said there already.
  if (missing.length === 0 || (wrong.length > 0 && hosts.length >= members.length)) return wrong;
  return [...wrong, incomplete(at, key, missing, members)];
};

function writtenHosts(section: ConfigurationEntry): {
  readonly at: ConfigurationEntry;
  readonly key: string;
  readonly hosts: readonly WrittenHost[];
} {
  const plural = entryAt(section, 'hosts');
  const one = entryAt(section, 'host') ?? entryAt(section, 'url');
  const at = plural ?? one ?? section;
  const listed = textsOf(at);
  if (listed.length > 0) return { at, key: at.key, hosts: listed };
  const texts = (textOf(at) ?? '').split(',').map((text) => text.trim());
  const hosts = texts.filter((text) => text !== '').map((text) => ({ line: at.line, text }));
  return { at, key: at.key, hosts };
}

/** `url:` has a scheme by right; its host is what counts here. */
function bare(text: string) {
  return parseHostAndPort(text.replace(/^https?:\/\//, '').replace(/\/.*$/, ''));
}

/** With not one right entry Patroni never finds etcd; with one it learns of the others. */
function wrongHosts(
  hosts: readonly WrittenHost[],
  members: readonly NodeDefinition[],
  workshop: Workshop,
): readonly FindingDraft[] {
  const wrong = hosts.flatMap((host) => wrongHost(host, members, workshop));
  return wrong.map((finding) => (wrong.length < hosts.length ? finding : { ...finding, effect: 'does-not-start' }));
}

function wrongHost(
  entry: WrittenHost,
  members: readonly NodeDefinition[],
  workshop: Workshop,
): readonly FindingDraft[] {
  const { host, port = clientPort } = bare(entry.text);
  const meant = nodeCalled(workshop, host);
  if (!members.some((member) => member.name === meant?.name)) {
    const whose = meant === undefined ? words('no node of the lab', 'aucun nœud du lab') : verbatim(meant.name);
    return [
      silentlyWrong(
        'etcd-host-unknown',
        entry,
        words(
          `${host} is no member of etcd (${whose.en} has that address)`,
          `${host} n'est pas un membre d'etcd (cette adresse : ${whose.fr})`,
        ),
        membersHint(members),
      ),
    ];
  }
  if (port === clientPort) return [];
  const said =
    port === peerPort
      ? words(
          `${peerPort} is where etcd's members talk to each other; clients use ${clientPort}`,
          `${peerPort} est le port des membres d'etcd entre eux ; les clients utilisent ${clientPort}`,
        )
      : words(
          `etcd serves its clients on port ${clientPort}, not ${port}`,
          `etcd sert ses clients sur le port ${clientPort}, pas ${port}`,
        );
  return [silentlyWrong('etcd-host-port', entry, said, membersHint(members))];
}

function incomplete(
  at: ConfigurationEntry,
  key: string,
  missing: readonly NodeDefinition[],
  members: readonly NodeDefinition[],
): FindingDraft {
  const absent = missing.map((member) => `${member.name} (${member.address})`).join(', ');
  const cause = [
    words(`Patroni is not told of ${absent}`, `Patroni ne connaît pas ${absent}`),
    ...(key === 'host' || key === 'url'
      ? [
          words(
            `\`${key}\` takes one member, and with that one Patroni loses etcd`,
            `\`${key}\` n'accepte qu'un membre, et avec lui Patroni perd etcd`,
          ),
        ]
      : []),
  ];
  return silentlyWrong('etcd-hosts-incomplete', at, joinWords(cause, ': '), membersHint(members));
}

function membersHint(members: readonly NodeDefinition[]) {
  const all = members.map((member) => `${member.address}:${clientPort}`).join(', ');
  return words(
    `Under \`etcd3:\` write \`hosts: ${all}\` (or as a list).`,
    `Sous \`etcd3:\`, écrivez \`hosts: ${all}\` (ou une liste).`,
  );
}
