import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bridgeName } from './network.ts';

/** The script that a node's configuration names; `nodes` is the lab's folder of nodes, `namespace` its network. */
export function attachVethHook(nodes: string): string {
  return join(nodes, 'attach-veth');
}

/** LXC calls it with the host's end of the veth as the fifth argument. */
export async function writeAttachVethHook(nodes: string, namespace: string): Promise<string> {
  const path = attachVethHook(nodes);
  await writeFile(
    path,
    `#!/bin/sh\nip link set "$5" netns ${namespace} && ip -n ${namespace} link set "$5" master ${bridgeName} up\n`,
  );
  await chmod(path, 0o755);
  return path;
}
