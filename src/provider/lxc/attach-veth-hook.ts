import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bridgeName } from './network.ts';

/** The script that a node's configuration names; `nodes` is the lab's folder of nodes, `namespace` its network. */
export function attachVethHook(nodes: string): string {
  return join(nodes, 'attach-veth');
}

/**
 * LXC calls it with the host's end of the veth as the fifth argument. Nodes are made while others start: the file is
 * whole at any moment, and it is read by a shell, not executed itself (a program that somebody still writes can't be).
 */
export async function writeAttachVethHook(nodes: string, namespace: string): Promise<string> {
  const path = attachVethHook(nodes);
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  // Not `ip -n`, which mounts a /sys of its own: the AppArmor profile of lxc-start, under which this runs, forbids that.
  const inNamespace = `nsenter --net=/run/netns/${namespace}`;
  await writeFile(
    draft,
    `ip link set "$5" netns ${namespace} && ${inNamespace} ip link set "$5" master ${bridgeName} up\n`,
  );
  await rename(draft, path);
  return path;
}
