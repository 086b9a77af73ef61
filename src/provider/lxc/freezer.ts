// The kernel's word on whether a node is frozen: LXC's own is wrong after an lxc-freeze that was cut off.

import { kernelFile } from './kernel-file.ts';

/** cgroups(7): the freezer of version 1 where the host has it, else that of version 2. null: the kernel's files don't tell. */
export async function isFrozen(pid: number): Promise<boolean | null> {
  const text = await kernelFile(`/proc/${String(pid)}/cgroup`);
  const groups = (text ?? '').split('\n').map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  const path = (controller: string) => groups.find((group) => group?.[1]?.split(',').includes(controller))?.[2];
  const freezer = path('freezer');
  if (freezer !== undefined) {
    const state = await kernelFile(`/sys/fs/cgroup/freezer${freezer}/freezer.state`);
    return state === null ? null : state.trim() !== 'THAWED';
  }
  const events = await kernelFile(`/sys/fs/cgroup${path('') ?? ''}/cgroup.events`);
  const frozen = /^frozen ([01])$/m.exec(events ?? '')?.[1];
  return frozen === undefined ? null : frozen === '1';
}
