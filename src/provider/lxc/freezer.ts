// The kernel's word on whether a node is frozen: LXC's own is wrong after an lxc-freeze that was cut off.

import { writeFile } from 'node:fs/promises';
import { waitUntil } from '../../clock/wait-until.ts';
import { groupsIn, nodeGroup } from './control-groups.ts';
import { kernelFile } from './kernel-file.ts';

/** cgroups(7): the freezer of version 1 where the host has it, else that of version 2. null: the kernel's files don't tell. */
export async function isFrozen(pid: number): Promise<boolean | null> {
  const groups = await groupsOf(pid);
  const freezer = nodeGroup(groups('freezer'));
  if (freezer !== undefined) {
    const state = await kernelFile(stateFile(freezer));
    return state === null ? null : state.trim() !== 'THAWED';
  }
  const events = await kernelFile(`/sys/fs/cgroup${nodeGroup(groups('')) ?? ''}/cgroup.events`);
  const frozen = /^frozen ([01])$/m.exec(events ?? '')?.[1];
  return frozen === undefined ? null : frozen === '1';
}

/** What runs in a node stands still, or goes on, within milliseconds; longer where a process waits for a disk. */
const freezingSeconds = 5;

/**
 * Freezes or thaws the node of this first process without a program, and LXC doesn't know. False: it is not so, or this
 * host has cgroups of version 2, where lxc-freeze is fast.
 */
export async function setFrozenByKernel(pid: number, frozen: boolean): Promise<boolean> {
  const freezer = nodeGroup((await groupsOf(pid))('freezer'));
  if (freezer === undefined) return false;
  const wanted = frozen ? 'FROZEN' : 'THAWED';
  const written = await writeFile(stateFile(freezer), wanted).then(
    () => true,
    () => false,
  );
  const isSo = async (): Promise<boolean> => (await kernelFile(stateFile(freezer)))?.trim() === wanted;
  return written && waitUntil(isSo, { withinSeconds: freezingSeconds });
}

function stateFile(group: string): string {
  return `/sys/fs/cgroup/freezer${group}/freezer.state`;
}

/** The process's group by controller; that of version 2 has none. */
async function groupsOf(pid: number): Promise<(controller: string) => string | undefined> {
  return groupsIn((await kernelFile(`/proc/${String(pid)}/cgroup`)) ?? '');
}
