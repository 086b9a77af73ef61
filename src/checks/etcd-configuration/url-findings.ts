import { etcdClientPort, etcdPeerPort } from '../../probes/etcd.ts';
import { type EtcdSetting } from '../../probes/etcd-settings.ts';
import { meaningOf, parseEtcdUrl, type EtcdUrl } from './etcd-url.ts';
import { found, nameOf, usualScheme, type Configured, type Finding } from './finding.ts';

/** Where this member listens, and under which URLs it tells others to reach it. */
export function urlFindings(configured: Configured): readonly Finding[] {
  return [
    ...listenFindings('listen-peer-urls', etcdPeerPort, configured),
    ...listenFindings('listen-client-urls', etcdClientPort, configured),
    ...advertiseFindings('initial-advertise-peer-urls', etcdPeerPort, configured),
    ...advertiseFindings('advertise-client-urls', etcdClientPort, configured),
    ...schemeFindings('listen-peer-urls', 'initial-advertise-peer-urls', configured),
    ...schemeFindings('listen-client-urls', 'advertise-client-urls', configured),
  ];
}

/** The URLs of a setting that can be read as such. */
export function urlsOf(name: string, { settings }: Configured): readonly EtcdUrl[] {
  const setting = settings.settings.get(name);
  return (setting?.value.split(',') ?? []).flatMap((text) => parseEtcdUrl(text) ?? []);
}

function listenFindings(name: string, port: number, configured: Configured): readonly Finding[] {
  const setting = configured.settings.settings.get(name);
  const { address } = configured.node;
  const wanted = `${usualScheme(configured)}://${address}:${String(port)}`;
  const spelling = nameOf(name, configured);
  if (setting === undefined) {
    return [
      found(
        null,
        `no line sets ${spelling}: etcd then listens on localhost only`,
        `aucune ligne ne fixe ${spelling} : etcd n'écoute alors que sur localhost`,
      ),
    ];
  }
  const urls = urlsOf(name, configured);
  const each = urls.flatMap((url) => listenFinding(url, setting, port, configured) ?? []);
  const reachable = urls.some(({ host }) => host === address || meaningOf(host, configured.nodes).kind === 'any');
  if (reachable || each.length > 0 || urls.length === 0) return [...unreadable(setting), ...each];
  const alone = found(
    setting.origin,
    `${spelling} names localhost only: other nodes can't reach this member; it needs ${wanted} too`,
    `${spelling} ne donne que localhost : les autres nœuds ne peuvent pas joindre ce membre ; il faut aussi ${wanted}`,
  );
  return [...unreadable(setting), alone];
}

function listenFinding(
  url: EtcdUrl,
  { origin }: EtcdSetting,
  port: number,
  { node, nodes }: Configured,
): Finding | null {
  const meaning = meaningOf(url.host, nodes);
  if (meaning.kind === 'loopback') return null;
  if (meaning.kind !== 'any' && url.host !== node.address) {
    if (meaning.kind === 'node' && !meaning.byName) return foreign(url, origin, meaning.node.name, node);
    return meaning.byName
      ? found(
          origin,
          `etcd listens on addresses, not on names: ${url.text} has to be ${url.scheme}://${node.address}:${String(url.port)}`,
          `etcd écoute sur des adresses, pas sur des noms : ${url.text} doit être ${url.scheme}://${node.address}:${String(url.port)}`,
        )
      : notHere(url, origin, node);
  }
  return url.port === port ? null : wrongPort(url, origin, port);
}

function advertiseFindings(name: string, port: number, configured: Configured): readonly Finding[] {
  const setting = configured.settings.settings.get(name);
  const { node, nodes } = configured;
  const wanted = `${usualScheme(configured)}://${node.address}:${String(port)}`;
  const spelling = nameOf(name, configured);
  if (setting === undefined) {
    return [
      found(
        null,
        `no line sets ${spelling}: the member then says that it is reached at localhost; it needs ${wanted}`,
        `aucune ligne ne fixe ${spelling} : le membre annonce alors localhost ; il faut ${wanted}`,
      ),
    ];
  }
  const each = urlsOf(name, configured).flatMap((url): readonly Finding[] => {
    const meaning = meaningOf(url.host, nodes);
    if (meaning.kind === 'loopback' || meaning.kind === 'any') return [unreachable(url, setting, node.address)];
    if (meaning.kind === 'unknown') return [notHere(url, setting.origin, node)];
    if (meaning.node.name !== node.name) return [foreign(url, setting.origin, meaning.node.name, node)];
    return url.port === port ? [] : [wrongPort(url, setting.origin, port)];
  });
  return [...unreadable(setting), ...each];
}

/** Ground rule of TLS: who listens with https can't be reached with http. */
function schemeFindings(listen: string, advertise: string, configured: Configured): readonly Finding[] {
  const setting = configured.settings.settings.get(advertise);
  const listening = urlsOf(listen, configured).filter(
    ({ host }) => meaningOf(host, configured.nodes).kind !== 'loopback',
  );
  const schemes = new Set(listening.map(({ scheme }) => scheme));
  const wrong = urlsOf(advertise, configured).find(({ scheme }) => schemes.size > 0 && !schemes.has(scheme));
  if (setting === undefined || wrong === undefined) return [];
  const [scheme = ''] = schemes;
  return [
    found(
      setting.origin,
      `${wrong.text} is advertised, but the member listens with ${scheme} (${nameOf(listen, configured)})`,
      `${wrong.text} est annoncé, mais le membre écoute en ${scheme} (${nameOf(listen, configured)})`,
    ),
  ];
}

function unreadable({ value, origin }: EtcdSetting): readonly Finding[] {
  return value
    .split(',')
    .flatMap((text): readonly Finding[] =>
      parseEtcdUrl(text) === null
        ? [
            found(
              origin,
              `"${text}" is not a URL that etcd takes: scheme, address and port, no more`,
              `« ${text} » n'est pas une URL qu'etcd accepte : schéma, adresse et port, rien de plus`,
            ),
          ]
        : [],
    );
}

function unreachable(url: EtcdUrl, { origin }: EtcdSetting, address: string): Finding {
  return found(
    origin,
    `${url.text} tells the others to connect to ${url.host}, which leads each of them to itself; it needs ${url.scheme}://${address}:${String(url.port)}`,
    `${url.text} envoie les autres sur ${url.host}, c'est-à-dire chacun chez lui ; il faut ${url.scheme}://${address}:${String(url.port)}`,
  );
}

function foreign(url: EtcdUrl, origin: EtcdSetting['origin'], owner: string, node: Configured['node']): Finding {
  return found(
    origin,
    `${url.host} belongs to ${owner}; ${node.name} has the address ${node.address}`,
    `${url.host} appartient à ${owner} ; l'adresse de ${node.name} est ${node.address}`,
  );
}

function notHere(url: EtcdUrl, origin: EtcdSetting['origin'], node: Configured['node']): Finding {
  return found(
    origin,
    `${url.host} is no node of the workshop; ${node.name} has the address ${node.address}`,
    `${url.host} n'est aucun nœud de l'atelier ; l'adresse de ${node.name} est ${node.address}`,
  );
}

function wrongPort(url: EtcdUrl, origin: EtcdSetting['origin'], port: number): Finding {
  return found(
    origin,
    `${url.text} has port ${String(url.port)}; here it is ${String(port)}`,
    `${url.text} a le port ${String(url.port)} ; ici, c'est ${String(port)}`,
  );
}
