import { editionName, nodeName } from '../../src/model/ids.ts';
import { type Edition, type NodeDefinition, type Workshop } from '../../src/model/workshop.ts';
import { type CheckSetting } from '../../src/checks/kind.ts';

export const nodes: readonly NodeDefinition[] = [
  node('etcd1', '10.0.3.64'),
  node('etcd2', '10.0.3.78'),
  node('etcd3', '10.0.3.32'),
  node('pg-patroni1', '10.0.3.141', 'pg-1', ['p1', 'pg-1']),
  node('pg-patroni2', '10.0.3.201', 'pg-2', ['p2', 'pg-2']),
  node('pg-patroni3', '10.0.3.68', 'pg-3', ['p3', 'pg-3']),
];

const etcdNodes = nodes.slice(0, 3);

const editions: readonly Edition[] = [
  { name: editionName('trixie'), values: { etcd: '3.5', patroni: '4.0', postgresql: '17' } },
  { name: editionName('bookworm'), values: { etcd: '3.4', patroni: '3.0', postgresql: '15' } },
];

export const workshop: Workshop = {
  name: 'patroni-etcd',
  directory: '/nowhere',
  network: { address: '10.0.3.1', prefixLength: 24 },
  editions,
  defaultEdition: editionName('trixie'),
  images: [],
  limits: { processes: 1024, memoryMegabytes: 1024 },
  volumes: [],
  poolPackages: [],
  values: { etcd_token: 'patroni' },
  nodes,
  groups: { etcd: etcdNodes.map(({ name }) => name) },
  chapters: [],
};

/** The edition that brings this etcd: `3.5.16`. */
export function editionOfEtcd(version: string): Edition {
  const edition = editions.find(({ values }) => version.startsWith(`${values['etcd'] ?? ''}.`));
  if (edition === undefined) throw new Error(`no edition has etcd ${version}`);
  return edition;
}

/** A check on the three etcd nodes, about one of them or, without a name, about the cluster. */
export function etcdSetting(version: string, about: string | null): CheckSetting {
  const node = nodes.find(({ name }) => name === about) ?? null;
  return { workshop, edition: editionOfEtcd(version), node, nodes: etcdNodes };
}

function node(name: string, address: string, member?: string, aliases: readonly string[] = []): NodeDefinition {
  return { name: nodeName(name), address, aliases, image: 'base', member, groups: [] };
}
