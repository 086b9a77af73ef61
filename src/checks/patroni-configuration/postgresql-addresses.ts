import { words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { connectAddressFindings } from './connect-address.ts';
import {
  blocking,
  separating,
  silentlyWrong,
  type ConfigurationRule,
  type ConfigurationSetting,
  type FindingDraft,
} from './finding.ts';
import { isLoopback, isWildcard, nodeCalled, parseHostAndPort } from './host-and-port.ts';

/** postgresql.listen and postgresql.connect_address. */
export const postgresqlAddresses: ConfigurationRule = (root, setting) => {
  const section = entryAt(root, 'postgresql');
  if (section === undefined) return [missing(root, 'postgresql', setting)];
  const listen = entryAt(section, 'listen');
  const connect = entryAt(section, 'connect_address');
  const [listened, told] = [textOf(listen), textOf(connect)];
  const port = portOf(setting);
  return [
    ...(listen === undefined || listened === undefined
      ? [missing(section, 'listen', setting)]
      : listenFindings(listen, listened, setting)),
    ...(connect === undefined || told === undefined
      ? [missing(section, 'connect_address', setting)]
      : connectAddressFindings(connect, told, setting, { section: 'postgresql', port, defaultPort: '5432' })),
  ];
};

function portOf({ workshop }: ConfigurationSetting): string {
  return workshop.values['postgresql_port'] ?? '5432';
}

function listenHint(setting: ConfigurationSetting) {
  const right = `listen: ${setting.node.address},127.0.0.1:${portOf(setting)}`;
  return words(`Write \`${right}\`.`, `Écrivez \`${right}\`.`);
}

function missing(at: ConfigurationEntry, key: string, setting: ConfigurationSetting): FindingDraft {
  if (key === 'connect_address') {
    const right = `connect_address: ${setting.node.address}:${portOf(setting)}`;
    return blocking(
      'postgresql-connect-address-missing',
      at,
      words(
        'the others are not told how to reach this PostgreSQL',
        'les autres ne savent pas comment joindre ce PostgreSQL',
      ),
      words(`Write \`${right}\` under \`postgresql:\`.`, `Écrivez \`${right}\` sous \`postgresql:\`.`),
    );
  }
  return blocking(
    `postgresql-${key === 'listen' ? 'listen' : 'section'}-missing`,
    at,
    words(`\`${key}\` is missing`, `\`${key}\` manque`),
    listenHint(setting),
  );
}

/** One port for all addresses, behind the last: `10.0.3.141,127.0.0.1:5434`. */
function listenFindings(
  listen: ConfigurationEntry,
  listened: string,
  setting: ConfigurationSetting,
): readonly FindingDraft[] {
  const wrong = (id: string, en: string, fr: string) => {
    const make = id === 'without-localhost' ? silentlyWrong : separating;
    return [make(`listen-${id}`, listen, words(en, fr), listenHint(setting))];
  };
  const { host: list, port = '5432' } = parseHostAndPort(listened);
  const hosts = list.split(',').map((host) => host.trim());
  const inside = hosts.find((host) => /^[^:]+:\d+$/.test(host));
  if (inside !== undefined) {
    return wrong(
      'port-inside',
      `only one port may stand there, behind the last address: PostgreSQL takes \`${inside}\` for a name, does not find it and goes on without it`,
      `il ne faut qu'un port, après la dernière adresse : PostgreSQL prend \`${inside}\` pour un nom, ne le trouve pas et s'en passe`,
    );
  }
  if (port !== portOf(setting)) {
    return wrong(
      'port',
      `PostgreSQL would listen on port ${port}; the workshop's is ${portOf(setting)}`,
      `PostgreSQL écouterait sur le port ${port} ; celui de l'atelier est ${portOf(setting)}`,
    );
  }
  return hostFindings(hosts, setting, wrong);
}

function hostFindings(
  hosts: readonly string[],
  { node, workshop }: ConfigurationSetting,
  wrong: (id: string, en: string, fr: string) => readonly FindingDraft[],
): readonly FindingDraft[] {
  if (hosts.some(isWildcard)) return [];
  const foreign = hosts.find((host) => !isLoopback(host) && nodeCalled(workshop, host)?.name !== node.name);
  if (foreign !== undefined) {
    const whose = nodeCalled(workshop, foreign)?.name;
    return wrong(
      'foreign',
      `${foreign} is not an address of this node${whose === undefined ? '' : `, it is ${whose}`}: PostgreSQL can't listen there`,
      `${foreign} n'est pas une adresse de ce nœud${whose === undefined ? '' : `, c'est ${whose}`} : PostgreSQL ne peut pas y écouter`,
    );
  }
  if (hosts.every(isLoopback)) {
    return wrong(
      'only-local',
      'PostgreSQL would listen on the node itself only: no replica could reach it',
      "PostgreSQL n'écouterait que sur le nœud lui-même : aucun réplica ne pourrait le joindre",
    );
  }
  if (!hosts.some(isLoopback)) {
    return wrong(
      'without-localhost',
      'PostgreSQL would not listen on 127.0.0.1: a client on the node that asks for localhost is refused',
      "PostgreSQL n'écouterait pas sur 127.0.0.1 : un client du nœud qui demande localhost est refusé",
    );
  }
  return [];
}
