import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { etcdGateways, type EtcdGateway } from '../probes/etcd-gateways.ts';
import { nodeFile } from '../probes/node-file.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { entryAt, textOf, textsOf, type ConfigurationEntry } from './patroni-configuration/configuration-entry.ts';
import { isLoopback, nodeCalled, parseHostAndPort } from './patroni-configuration/host-and-port.ts';
import { parseConfiguration } from './patroni-configuration/parse-configuration.ts';
import { patroniConfigurationPath as path } from './patroni-trouble.ts';

interface WayToEtcd {
  /** Text of the file; null: there is none. */
  readonly text: string | null;
  readonly gateways: readonly EtcdGateway[];
}

/** Where the configuration sends Patroni: `proxy`, `hosts`, `host` or `url` with what stands there. */
interface Way {
  readonly key: string;
  readonly line: number;
  readonly text: string;
}

/** Patroni on this node asks etcd's members themselves, not a gateway that may be gone or pass on to nobody. */
export const etcdAskedDirectly = defineCheck({
  name: 'etcd-asked-directly',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const { name } = checkedNode(setting);
    const [file, gateways] = await Promise.all([nodeFile(reach, name, path), etcdGateways(reach, name)]);
    if (file.kind === 'unseen') return file;
    if (gateways.kind === 'unseen') return gateways;
    return seen<WayToEtcd>({ text: file.value?.text ?? null, gateways: gateways.value });
  },

  judge({ text, gateways }, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      `Patroni on ${node.name} asks etcd's members themselves`,
      `Patroni sur ${node.name} interroge les membres d'etcd eux-mêmes`,
    );
    const root = text === null ? null : parseConfiguration(text).root;
    if (root === null)
      return { verdict: 'fail', expected, seen: words(`${path} can't be read`, `${path} est illisible`), final: true };
    const ways = waysOf(root);
    const causes = [
      ...ways
        .filter(({ key, text }) => key === 'proxy' || isLoopback(hostOf(text)))
        .map((way) => detour(way, gateways, setting.workshop)),
      ...(ways.some(({ key }) => key === 'proxy') ? [] : gateways.map((gateway) => leftBehind(gateway, node))),
    ];
    const shown = verbatim(ways.map(({ key, text }) => `${key}: ${text}`).join(', '));
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n'), final: true };
  },

  command: () => `grep -A 4 '^etcd3:' ${path}; pgrep -a etcd`,
});

function waysOf(root: ConfigurationEntry): readonly Way[] {
  const section = entryAt(root, 'etcd3') ?? entryAt(root, 'etcd');
  return ['proxy', 'hosts', 'host', 'url'].flatMap((key) => {
    const entry = entryAt(section, key);
    if (entry === undefined) return [];
    const listed = textsOf(entry);
    if (listed.length > 0) return listed.map(({ line, text }) => ({ key, line, text }));
    return (textOf(entry) ?? '').split(',').map((text) => ({ key, line: entry.line, text: text.trim() }));
  });
}

function bare(text: string): string {
  return text.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function hostOf(text: string): string {
  return parseHostAndPort(bare(text)).host;
}

function detour({ key, line, text }: Way, gateways: readonly EtcdGateway[], workshop: Workshop): Words {
  const at = bare(text);
  const where = `${path}:${String(line)} \`${key}: ${text}\``;
  const gateway = gateways.find(({ listen }) => parseHostAndPort(listen).port === parseHostAndPort(at).port);
  if (gateway === undefined)
    return words(
      `${where}: Patroni asks a gateway at ${at} and nobody else, and no gateway of etcd runs there`,
      `${where} : Patroni interroge une passerelle sur ${at} et personne d'autre, or aucune passerelle d'etcd n'y tourne`,
    );
  const strangers = gateway.endpoints.filter((endpoint) => !isMember(endpoint, workshop));
  const list = strangers.join(', ');
  if (strangers.length > 0)
    return words(
      `${where}: the gateway at ${at} passes on to ${list}, where there is no member of etcd`,
      `${where} : la passerelle sur ${at} renvoie vers ${list}, où il n'y a aucun membre d'etcd`,
    );
  return words(
    `${where}: Patroni still goes through the gateway at ${at}, one more process to lose; name the three members under \`hosts:\` again`,
    `${where} : Patroni passe toujours par la passerelle sur ${at}, un processus de plus à perdre ; nommez de nouveau les trois membres sous \`hosts:\``,
  );
}

function isMember(endpoint: string, workshop: Workshop): boolean {
  const { host, port } = parseHostAndPort(bare(endpoint));
  const node = nodeCalled(workshop, host);
  return node !== undefined && workshop.groups['etcd']?.includes(node.name) === true && port === '2379';
}

function leftBehind({ listen }: EtcdGateway, { name }: NodeDefinition): Words {
  return words(
    `a gateway of etcd still runs on ${name} (${listen}), and nobody needs it: \`systemctl stop etcd-gateway\``,
    `une passerelle d'etcd tourne encore sur ${name} (${listen}), et plus personne n'en a besoin : \`systemctl stop etcd-gateway\``,
  );
}
