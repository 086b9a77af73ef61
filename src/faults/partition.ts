import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { bridgeRules, dropBridgeRules } from './bridge-rules.ts';
import { type Fault } from './fault.ts';

export const partition: Fault = {
  name: 'partition',
  describe: words(
    "A node is cut off from all the others; with a second node named, the two from each other alone. The trainer's seat still reaches it.",
    "Un nœud est coupé de tous les autres ; si un second nœud est nommé, seulement les deux l'un de l'autre. Le poste du formateur les atteint toujours.",
  ),
  expect: words(
    'A leader that no longer reaches etcd becomes read-only before its ttl is over; after the ttl a replica on the other side is promoted. Two PostgreSQL nodes cut from each other: no failover, but the replica falls behind.',
    "Un leader qui n'atteint plus etcd passe en lecture seule avant la fin de son ttl ; après le ttl, un réplica de l'autre côté est promu. Deux nœuds PostgreSQL coupés l'un de l'autre : pas de bascule, mais le réplica prend du retard.",
  ),
  hits: 'any-node',
  betweenTwo: true,
  inject: (context, nodes) => bridgeRules(context, 'partition', nodes, cut(nodes)),
  heal: (context, nodes) => dropBridgeRules(context, 'partition', nodes),
};

/** Both directions, and ARP, so that nobody even learns where the other one is. */
function cut([node, other]: readonly NodeDefinition[]): readonly string[] {
  if (node === undefined) throw new Error('a partition without a node was not refused');
  const from = other === undefined ? '' : ` saddr ${other.address}`;
  const to = other === undefined ? '' : ` daddr ${other.address}`;
  return [
    `ip daddr ${node.address}${from && ` ip${from}`} drop`,
    `ip saddr ${node.address}${to && ` ip${to}`} drop`,
    `arp daddr ip ${node.address}${other === undefined ? '' : ` arp saddr ip ${other.address}`} drop`,
    `arp saddr ip ${node.address}${other === undefined ? '' : ` arp daddr ip ${other.address}`} drop`,
  ];
}
