import { type NodeDefinition, type Workshop } from '../model/workshop.ts';

/** The nodes that may run etcd. */
export function etcdNodes({ nodes, groups }: Workshop): readonly NodeDefinition[] {
  return nodes.filter(({ name }) => groups['etcd']?.includes(name));
}
