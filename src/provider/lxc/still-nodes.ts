// The proof that a frozen node stands still: LXC's word and that of a group say nothing about who is not in the group.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { groupsIn, isWithin, nodeGroup } from './control-groups.ts';
import { isFrozen } from './freezer.ts';

/** Namespaces by which a process belongs to a node, also one that somebody put there from outside. */
const namespaces = ['pid', 'mnt', 'user'] as const;

/** What keeps a node from being known to stand still: a process of it that may run, or that its group is not frozen. */
export type Moving = { readonly process: string } | 'group';

/**
 * What of the node with this first process may still run; null: nothing. Its group is frozen then with all that are below
 * it, and nobody who shares a namespace with its first process, or any other control group, is outside. Read at one go,
 * since all nodes wait meanwhile: a few milliseconds for some hundred processes.
 */
export async function movesStill(init: number): Promise<Moving | null> {
  if ((await isFrozen(init)) !== true) return 'group';
  const first = placeOf(threadOf(String(init), String(init)));
  const frozen = first === null ? undefined : freezerOf(first);
  if (first === null || frozen === undefined) return 'group';
  const mayRun = (thread: string): boolean => {
    const place = placeOf(thread);
    return place !== null && belongsTo(place, first) && !isWithin(freezerOf(place), frozen) && !hasEnded(thread);
  };
  // Version 1 has each thread in a group of its own choice.
  const process = numbersIn('/proc').find((pid) =>
    numbersIn(`/proc/${pid}/task`).some((tid) => mayRun(threadOf(pid, tid))),
  );
  return process === undefined ? null : { process };
}

function threadOf(pid: string, tid: string): string {
  return `/proc/${pid}/task/${tid}`;
}

/**
 * A thread that waits for somebody to ask how it ended runs no more, and its parent is frozen: it stays, in no group of
 * the node's any more. The state stands behind the last bracket (proc(5), stat): the name is the node's, and may hold some.
 */
function hasEnded(thread: string): boolean {
  try {
    const stat = readFileSync(`${thread}/stat`, 'utf8');
    return 'ZXx'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
}

interface Place {
  readonly groups: (controller: string) => string | undefined;
  readonly namespaces: readonly (string | null)[];
}

/** null: it has ended. */
function placeOf(thread: string): Place | null {
  try {
    const groups = groupsIn(readFileSync(`${thread}/cgroup`, 'utf8'));
    return { groups, namespaces: namespaces.map((name) => namespaceOf(thread, name)) };
  } catch {
    return null;
  }
}

/** null: the kernel's own threads have none, and neither has one that has ended and waits to be asked for its status. */
function namespaceOf(thread: string, name: string): string | null {
  try {
    return readlinkSync(`${thread}/ns/${name}`);
  } catch {
    return null;
  }
}

/** Version 1 has a freezer of its own. */
function freezerOf({ groups }: Place): string | undefined {
  return nodeGroup(groups('freezer') ?? groups(''));
}

function belongsTo(place: Place, first: Place): boolean {
  const shared = first.namespaces.some((one, index) => one !== null && one === place.namespaces[index]);
  return shared || controllers.some((name) => sameGroup(place.groups(name), first.groups(name)));
}

/** Those that every node has, of either version. */
const controllers = ['pids', 'memory', 'name=systemd', ''] as const;

function sameGroup(group: string | undefined, first: string | undefined): boolean {
  const node = nodeGroup(first);
  return node !== undefined && node !== '/' && isWithin(group, node);
}

/** None where the process has ended. */
function numbersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((entry) => /^\d+$/.test(entry));
  } catch {
    return [];
  }
}
