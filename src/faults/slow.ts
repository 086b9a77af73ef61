import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';
import { dropLinkQueue, dropNodeQueue, linkQueue, nodeQueue } from './link-queue.ts';

export const slow: Fault = {
  name: 'slow',
  describe: words(
    "The node's link becomes narrow, in both directions (--rate, 1mbit unless told).",
    'La liaison du nœud devient étroite, dans les deux sens (--rate, 1mbit par défaut).',
  ),
  expect: words(
    'Small things work as before; a replica behind such a link falls behind as soon as much is written, and a base backup takes its time. Starting the node again ends it.',
    "Les petits échanges passent comme avant ; derrière une telle liaison, un réplica prend du retard dès qu'on écrit beaucoup, et une sauvegarde de base prend son temps. Un redémarrage du nœud y met fin.",
  ),
  hits: 'any-node',
  again: true,
  excludes: ['delay'],
  option: 'bitsPerSecond',
  inject: async (context, nodes, { bitsPerSecond }) => {
    const node = onlyNode(nodes);
    const shape = ['tbf', 'rate', `${String(bitsPerSecond)}bit`, 'burst', `${String(burstBytes(bitsPerSecond))}b`];
    await linkQueue(context, node, [...shape, 'latency', '400ms']);
    await nodeQueue(context, node, [...shape, 'latency', '400ms']);
  },
  heal: async (context, nodes) => {
    await dropLinkQueue(context, onlyNode(nodes), 'tbf');
    await dropNodeQueue(context, onlyNode(nodes), 'tbf');
  },
};

/** tbf hands out its tokens at each tick of the kernel, of which there are at least 100 a second. */
function burstBytes(bitsPerSecond: number): number {
  return Math.max(32 * 1024, Math.ceil(bitsPerSecond / 8 / 100));
}
