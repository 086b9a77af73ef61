// Where the files of nodes lie. Pure. What is above these is lab's own; below them only what is in this folder goes.

import { join } from 'node:path';
import { type NodeName } from '../../../model/ids.ts';

/** Holds the upper folder, and beside it the one that an overlay works in, which the node's root makes. `nodes`: labs/NAME/nodes. */
export function overlayOf(nodes: string, node: NodeName): string {
  return join(nodes, node, 'overlay');
}

/** What is written above the node's layers. */
export function upperOf(overlay: string): string {
  return join(overlay, 'upper');
}

/** In the folder that holds the nodes, so that they are exchanged with them. No node's name begins with a dot. */
export function volumesOf(nodes: string): string {
  return join(nodes, '.volumes');
}

/** All that a process of a node sees, with what is mounted there. */
export function rootOf(process: number): string {
  return `/proc/${String(process)}/root`;
}
