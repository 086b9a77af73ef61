import { words } from '../model/words.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { unknownName } from './unknown-name.ts';

/** By name or alias. Throws `node-unknown` (exit status 2) with the nodes and the nearest one. */
export function findNode(workshop: Pick<Workshop, 'nodes'>, text: string): NodeDefinition {
  const { nodes } = workshop;
  const found = nodes.find((node) => node.name === text) ?? nodes.find((node) => node.aliases.includes(text));
  if (found !== undefined) return found;
  const candidates = nodes.flatMap((node) => [node.name, ...node.aliases]);
  const list = nodes.map((node) => node.name).join(', ');
  const all = words(`The nodes are: ${list}.`, `Les nœuds : ${list}.`);
  const what = words(`There is no node "${text}".`, `Il n'y a pas de nœud « ${text} ».`);
  throw unknownName('node-unknown', what, { text, candidates, all });
}
