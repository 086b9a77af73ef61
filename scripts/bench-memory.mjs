// Memory that the nodes of a home hold: what the kernel would not give back if asked for memory. Pages of files (the
// page cache) are left out, because they can be dropped at any time and are shared by all nodes of an image.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes, over the nodes that run in `home` and LXC's own process for each; undefined where it can't be seen. */
export function memoryOfNodes(home) {
  const groups = monitorsOf(home).flatMap((monitor) => [monitor, ...childrenOf(monitor)].map(memoryGroupOf));
  if (groups.length === 0 || groups.includes(undefined)) return undefined;
  return groups.map(heldBy).reduce((sum, bytes) => sum + bytes, 0);
}

/** LXC keeps one process a node, named "[lxc monitor] DIRECTORY NODE". */
export function monitorsOf(home) {
  return readdirSync('/proc').filter(
    (id) => /^\d+$/.test(id) && read(`/proc/${id}/cmdline`).startsWith(`[lxc monitor] ${home}/`),
  );
}

function childrenOf(id) {
  return read(`/proc/${id}/task/${id}/children`).split(' ').filter(Boolean);
}

/** The folder of the node's memory group, cgroup v1 or v2. */
function memoryGroupOf(id) {
  for (const line of read(`/proc/${id}/cgroup`).split('\n').reverse()) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    const base = { memory: '/sys/fs/cgroup/memory', '': '/sys/fs/cgroup' }[controllers];
    const top = /^(.*\/lxc\.(?:payload|monitor)[^/]*)/.exec(path ?? '')?.[1];
    if (base !== undefined && top !== undefined && existsSync(join(base, top, 'memory.stat'))) return join(base, top);
  }
  return undefined;
}

function heldBy(group) {
  const stat = Object.fromEntries(
    read(join(group, 'memory.stat'))
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name, value]) => [name, Number(value)]),
  );
  if ('total_rss' in stat) {
    return stat.total_rss + stat.total_shmem + Number(read(join(group, 'memory.kmem.usage_in_bytes')));
  }
  return stat.anon + stat.shmem + (stat.kernel ?? 0) - (stat.slab_reclaimable ?? 0);
}

function read(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended meanwhile
  }
}
