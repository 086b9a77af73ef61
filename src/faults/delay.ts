import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';
import { dropLinkQueue, linkQueue } from './link-queue.ts';

export const delay: Fault = {
  name: 'delay',
  describe: words(
    'Every packet reaches the node later (--ms, 200 milliseconds unless told). Needs netem in the kernel.',
    'Chaque paquet arrive plus tard au nœud (--ms, 200 millisecondes par défaut). Demande netem dans le noyau.',
  ),
  expect: words(
    'Each answer takes that much longer. On an etcd member: from about its election timeout (1 s) on, leaders come and go. Starting the node again ends it.',
    "Chaque réponse prend d'autant plus de temps. Sur un membre etcd : à partir de son délai d'élection (1 s) environ, les leaders se succèdent. Un redémarrage du nœud y met fin.",
  ),
  hits: 'any-node',
  again: true,
  excludes: ['slow'],
  option: 'milliseconds',
  inject: (context, nodes, { milliseconds }) =>
    linkQueue(context, onlyNode(nodes), ['netem', 'delay', `${String(milliseconds)}ms`]),
  heal: (context, nodes) => dropLinkQueue(context, onlyNode(nodes), 'netem'),
};
