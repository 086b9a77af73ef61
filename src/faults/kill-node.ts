import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';

export const killNode: Fault = {
  name: 'kill-node',
  describe: words(
    'The node goes off at once, as if its power had failed.',
    "Le nœud s'éteint d'un coup, comme après une coupure de courant.",
  ),
  expect: words(
    'Nobody gives the leader key back: it stays until its ttl is over, and only then a replica is promoted. Writes fail until then. One etcd member less is not noticed; two less, and the leader becomes read-only.',
    "Personne ne rend la clé du leader : elle reste jusqu'à la fin de son ttl, et c'est alors seulement qu'un réplica est promu. D'ici là, les écritures échouent. Un membre etcd de moins passe inaperçu ; deux de moins, et le leader passe en lecture seule.",
  ),
  hits: 'any-node',
  inject: (context, nodes) => context.killNode(onlyNode(nodes).name),
  heal: async (context, nodes) => {
    const node = onlyNode(nodes);
    if ((await context.stateOf(node.name)) === 'absent' || (await context.labIsDown())) return;
    await context.startNode(node.name);
    await context.startServices(node);
  },
};
