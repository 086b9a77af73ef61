// Where LXC mounts something in a node. It makes the folders on the way from outside, through whatever link the node's root
// left there, before the node has a root of its own: such a node is not started.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type NodeName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';
import { overlayOf, upperOf } from './node-tree.ts';
import { wayInTree } from './way-in-tree.ts';

/** What LXC mounts in every node. */
const always = ['dev', 'proc', 'sys'];

/** The targets of a node's LXC configuration, relative to its root. Pure. */
export function mountTargets(config: string): readonly string[] {
  const entries = config.matchAll(/^lxc\.mount\.entry = \S+ (\S+) /gm);
  return [...always, ...[...entries].flatMap(([, target]) => (target === undefined ? [] : [target]))];
}

/**
 * The node is stopped: nobody changes what is looked at, which is what it wrote above its image. What links the image
 * itself has there nobody put in its way. Throws `node-mount-target-linked`.
 */
export async function requireTargetsWithoutLinks(nodes: string, node: NodeName): Promise<void> {
  const config = await readFile(join(nodes, node, 'config'), 'utf8').catch(() => '');
  const upper = upperOf(overlayOf(nodes, node));
  for (const target of mountTargets(config))
    if ((await wayInTree(upper, target)) === 'link') throw linkedTarget(node, `/${target}`);
}

function linkedTarget(node: NodeName, target: string): LabError {
  return new LabError(
    'node-mount-target-linked',
    words(
      `${node} is not started: lab mounts ${target} there, and a symbolic link now stands on the way to it.`,
      `${node} n'est pas démarré : lab y monte ${target}, et un lien symbolique se trouve désormais sur ce chemin.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'Take the lab back to a checkpoint from before: lab reset, or lab restore',
        'Ramenez le lab à un point de reprise antérieur : lab reset, ou lab restore',
      ),
    },
  );
}
