import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';

export const freeze: Fault = {
  name: 'freeze',
  describe: words(
    'Every process of the node stands still, as on a machine that hangs; nothing is lost.',
    "Tous les processus du nœud se figent, comme sur une machine qui ne répond plus ; rien n'est perdu.",
  ),
  expect: words(
    'Its ports still accept connections, and nobody answers: clients hang until their own timeout. After the ttl a replica is promoted; when the old leader thaws, it must step down before it may write.',
    "Ses ports acceptent encore les connexions, mais personne ne répond : les clients restent bloqués jusqu'à leur propre délai. Après le ttl, un réplica est promu ; une fois dégelé, l'ancien leader doit céder sa place avant d'écrire quoi que ce soit.",
  ),
  hits: 'any-node',
  inject: (context, nodes) => context.freezeNode(onlyNode(nodes).name),
  heal: async (context, nodes) => {
    const node = onlyNode(nodes);
    if ((await context.stateOf(node.name)) === 'absent' || (await context.labIsDown())) return;
    await context.startNode(node.name);
    await context.startServices(node);
  },
};
