import { type NodeLimits } from '../../model/workshop.ts';
import { kernelFile } from './kernel-file.ts';

/** Control groups of this host that can hold a node to something. */
export interface Controllers {
  readonly version: 1 | 2;
  readonly names: readonly string[];
}

/** Version 2 where the host has nothing else mounted (cgroups(7)); which of version 1 are at work, /proc/cgroups tells. */
export async function readControllers(): Promise<Controllers> {
  const unified = await kernelFile('/sys/fs/cgroup/cgroup.controllers');
  if (unified !== null) return { version: 2, names: unified.trim().split(' ') };
  const mounts = (await kernelFile('/proc/self/mounts')) ?? '';
  const options = mounts.split('\n').flatMap((line) => {
    const [, , type, given = ''] = line.split(' ');
    return type === 'cgroup' ? given.split(',') : [];
  });
  return { version: 1, names: options };
}

/**
 * LXC's settings for a node: its processes, and its memory with what it keeps in /dev/shm and other file systems in memory.
 * They are the host's files in the node's group, which the node may not write. A controller that the host lacks holds
 * nothing, and LXC would refuse to start the node with it. Pure.
 */
export function limitSettings(limits: NodeLimits, { version, names }: Controllers): readonly string[] {
  const memory = String(limits.memoryMegabytes * 1024 * 1024);
  const settings =
    version === 1
      ? { pids: `lxc.cgroup.pids.max=${limits.processes}`, memory: `lxc.cgroup.memory.limit_in_bytes=${memory}` }
      : { pids: `lxc.cgroup2.pids.max=${limits.processes}`, memory: `lxc.cgroup2.memory.max=${memory}` };
  return Object.entries(settings).flatMap(([controller, setting]) => (names.includes(controller) ? [setting] : []));
}
