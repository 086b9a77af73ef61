import { nearest } from '../../model/nearest.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { etcdPeerPort } from '../../probes/etcd.ts';
import { type EtcdSetting } from '../../probes/etcd-settings.ts';
import { meaningOf, parseEtcdUrl, resolvedUrl, type EtcdUrl } from './etcd-url.ts';
import { found, nameOf, usualScheme, type Configured, type Finding } from './finding.ts';
import { urlsOf } from './url-findings.ts';

interface Entry {
  readonly text: string;
  readonly name: string;
  readonly url: EtcdUrl | null;
}

/** The list of members with which the cluster is formed: the same on every node, and every member in it. */
export function initialClusterFindings(configured: Configured): readonly Finding[] {
  const setting = configured.settings.settings.get('initial-cluster');
  const spelling = nameOf('initial-cluster', configured);
  if (setting === undefined) {
    return [
      found(
        null,
        `no line sets ${spelling}: etcd then forms a cluster of one`,
        `aucune ligne ne fixe ${spelling} : etcd forme alors un cluster à lui seul`,
      ),
    ];
  }
  const entries = entriesOf(setting.value);
  return [
    ...missing(entries, setting, configured),
    ...entries.flatMap((entry) => entryFindings(entry, setting, configured)),
    ...twice(entries, setting, configured),
    ...ownEntry(entries, setting, configured),
  ];
}

function entriesOf(value: string): readonly Entry[] {
  return value.split(',').map((text) => {
    const at = text.indexOf('=');
    return {
      text: text.trim(),
      name: text.slice(0, Math.max(at, 0)).trim(),
      url: at < 0 ? null : parseEtcdUrl(text.slice(at + 1)),
    };
  });
}

function missing(entries: readonly Entry[], setting: EtcdSetting, configured: Configured): readonly Finding[] {
  const { members } = configured;
  const absent = members.filter((member) => !entries.some(({ name }) => name === member.name));
  if (absent.length === 0) return [];
  const names = absent.map(({ name }) => name).join(', ');
  const rest = absent
    .map((member) => `${member.name}=${usualScheme(configured)}://${member.address}:${String(etcdPeerPort)}`)
    .join(',');
  return [
    found(
      setting.origin,
      `${names} missing from the list of members; all ${String(members.length)} belong there, the same on every node (${rest})`,
      `il manque ${names} dans la liste des membres ; les ${String(members.length)} doivent y être, à l'identique sur chaque nœud (${rest})`,
    ),
  ];
}

function entryFindings(entry: Entry, { origin }: EtcdSetting, configured: Configured): readonly Finding[] {
  const member = configured.members.find(({ name }) => name === entry.name);
  if (entry.url === null) {
    return [
      found(
        origin,
        `"${entry.text}" is not name=URL, with a URL of scheme, address and port`,
        `« ${entry.text} » n'est pas de la forme nom=URL, avec schéma, adresse et port`,
      ),
    ];
  }
  if (member === undefined) return [stranger(entry.name, origin, configured)];
  const meaning = meaningOf(entry.url.host, configured.nodes);
  if (meaning.kind !== 'node' || meaning.node.name !== member.name)
    return [wrongAddress(entry, member, origin, configured)];
  if (entry.url.port === etcdPeerPort) return [];
  const port = String(etcdPeerPort);
  return [
    found(
      origin,
      `${entry.text}: members talk to each other on port ${port}`,
      `${entry.text} : les membres se parlent sur le port ${port}`,
    ),
  ];
}

function stranger(name: string, origin: EtcdSetting['origin'], { members }: Configured): Finding {
  const names = members.map((member) => member.name);
  const near = nearest(name, names);
  const list = names.join(', ');
  return near === undefined
    ? found(origin, `"${name}" is none of the members ${list}`, `« ${name} » n'est aucun des membres ${list}`)
    : found(
        origin,
        `there is no member "${name}"; probably ${near} is meant`,
        `il n'y a pas de membre « ${name} » ; il s'agit sans doute de ${near}`,
      );
}

function wrongAddress(
  entry: Entry,
  member: NodeDefinition,
  origin: EtcdSetting['origin'],
  { nodes }: Configured,
): Finding {
  const host = entry.url?.host ?? '';
  const meaning = meaningOf(host, nodes);
  const en =
    meaning.kind === 'node'
      ? `${host} belongs to ${meaning.node.name}; `
      : meaning.kind === 'unknown' && meaning.byName
        ? `${host} is a name that no node has; `
        : '';
  const fr =
    meaning.kind === 'node'
      ? `${host} appartient à ${meaning.node.name} ; `
      : meaning.kind === 'unknown' && meaning.byName
        ? `${host} n'est le nom d'aucun nœud ; `
        : '';
  return found(
    origin,
    `${entry.text}: ${en}${member.name} has the address ${member.address}`,
    `${entry.text} : ${fr}l'adresse de ${member.name} est ${member.address}`,
  );
}

function twice(entries: readonly Entry[], { origin }: EtcdSetting, { nodes }: Configured): readonly Finding[] {
  const urls = entries.flatMap(({ url }) => (url === null ? [] : [resolvedUrl(url, nodes)]));
  const again = urls.find((url, index) => urls.indexOf(url) !== index);
  return again === undefined
    ? []
    : [
        found(
          origin,
          `${again} stands there twice: etcd refuses the list`,
          `${again} y figure deux fois : etcd refuse la liste`,
        ),
      ];
}

/** etcd compares the two and ends when they differ. */
function ownEntry(entries: readonly Entry[], { origin }: EtcdSetting, configured: Configured): readonly Finding[] {
  const own = entries.filter(({ name }) => name === configured.node.name).flatMap(({ url }) => url ?? []);
  const advertised = urlsOf('initial-advertise-peer-urls', configured);
  const resolve = (urls: readonly EtcdUrl[]) =>
    urls
      .map((url) => resolvedUrl(url, configured.nodes))
      .sort()
      .join(',');
  if (own.length === 0 || advertised.length === 0 || resolve(own) === resolve(advertised)) return [];
  const here = own.map(({ text }) => text).join(',');
  const there = advertised.map(({ text }) => text).join(',');
  const setting = nameOf('initial-advertise-peer-urls', configured);
  return [
    found(
      origin,
      `${configured.node.name} stands there with ${here}, but ${setting} says ${there}: etcd ends when the two differ`,
      `${configured.node.name} y figure avec ${here}, mais ${setting} dit ${there} : etcd s'arrête quand les deux diffèrent`,
    ),
  ];
}
