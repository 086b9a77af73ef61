import { editionName, nodeName, type NodeName } from '../../src/model/ids.ts';
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

export const edition: Edition = { name: editionName('trixie'), values: { etcd: '3.5', patroni: '4.0', postgresql: '17' } };

export const workshop: Workshop = {
  name: 'patroni-etcd',
  directory: '/nowhere',
  network: { address: '10.0.3.1', prefixLength: 24 },
  editions: [edition],
  defaultEdition: edition.name,
  images: [],
  poolPackages: [],
  values: { etcd_token: 'patroni' },
  nodes,
  groups: { etcd: etcdNodes.map(({ name }) => name) },
  chapters: [],
};

/** A check on the three etcd nodes, about one of them or about the cluster. */
export function etcdSetting(about: string | null): CheckSetting {
  const definition = nodes.find(({ name }) => name === about) ?? null;
  return { workshop, edition, node: definition, nodes: etcdNodes };
}

function node(name: string, address: string, member?: string, aliases: readonly string[] = []): NodeDefinition {
  return { name: nodeName(name), address, aliases, image: 'base', member, groups: [] };
}

export function runningNodes(names: readonly NodeName[]): ReadonlyMap<NodeName, 'running'> {
  return new Map(names.map((name) => [name, 'running']));
}
