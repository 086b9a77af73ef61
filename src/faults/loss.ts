import { words } from '../model/words.ts';
import { bridgeRules, dropBridgeRules } from './bridge-rules.ts';
import { type Fault, onlyNode } from './fault.ts';

export const loss: Fault = {
  name: 'loss',
  describe: words(
    'Packets between the node and the other nodes are lost at random, in both directions (--percent, 20 of 100 unless told).',
    'Des paquets entre le nœud et les autres se perdent au hasard, dans les deux sens (--percent, 20 sur 100 par défaut).',
  ),
  expect: words(
    'TCP sends again what was lost, so everything works and slows down. With many losses etcd misses heartbeats and elects anew, and Patroni may run out of its retry_timeout.',
    "TCP renvoie ce qui s'est perdu : tout fonctionne, mais ralentit. Avec beaucoup de pertes, etcd manque des battements de cœur et réélit son leader, et Patroni peut dépasser son retry_timeout.",
  ),
  hits: 'any-node',
  again: true,
  option: 'percent',
  inject: (context, nodes, { percent }) => {
    const { address } = onlyNode(nodes);
    const chance = `numgen random mod 1000 < ${String(Math.round(percent * 10))} drop`;
    return bridgeRules(context, 'loss', nodes, [`ip daddr ${address} ${chance}`, `ip saddr ${address} ${chance}`]);
  },
  heal: (context, nodes) => dropBridgeRules(context, 'loss', nodes),
};
