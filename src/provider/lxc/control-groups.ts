// Which control groups are a node's, from /proc/PID/cgroup (cgroups(7)). Pure.

/** The group by controller; that of version 2 has none. */
export function groupsIn(text: string): (controller: string) => string | undefined {
  const groups = text.split('\n').map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  return (controller) => groups.find((group) => group?.[1]?.split(',').includes(controller))?.[2];
}

/**
 * The group of the whole node, which LXC made: below it a node makes groups as it likes, and its first process may be in
 * any of them. The outermost one counts, since a node may give its own the same name.
 */
export function nodeGroup(group: string | undefined): string | undefined {
  return group === undefined ? undefined : (/^.*?\/lxc\.payload\.[^/]*/.exec(group)?.[0] ?? group);
}

/** Whether a group is that one or below it. */
export function isWithin(group: string | undefined, outer: string): boolean {
  return group === outer || (group?.startsWith(`${outer}/`) ?? false);
}
