import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * LXC gives a node's root the groups that it makes for the node, that of version 1's freezer too, and whoever may write
 * there leaves the group that `save` freezes. systemd has no use for it: it stays the host's. LXC calls this before the
 * node's first program runs. Version 2 has no such group: what is below a frozen group is frozen.
 */
const script = `group=$(sed -n 's/^[0-9]*:freezer://p' "/proc/$LXC_PID/cgroup")
case $group in
*/lxc.payload.*) cd "/sys/fs/cgroup/freezer$group" && chown 0:0 . cgroup.procs tasks ;;
esac
`;

/** Written at each start: the nodes of older labs have it from then on. Whole at any moment, since nodes start side by side. */
export async function writeKeepFreezerHook(nodes: string): Promise<string> {
  const path = join(nodes, 'keep-freezer');
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, script);
  await rename(draft, path);
  return path;
}
