// Kernel settings of the host that many nodes need. Pure.

export interface HostSetting {
  /** The finding's id. */
  readonly id: string;
  /** As sysctl calls it. */
  readonly name: string;
  /** At least this much; more is left alone. */
  readonly wanted: number;
}

/**
 * The nodes of all labs share one user's limits: the range's first id is root in each of them. With 128 inotify
 * instances about 30 nodes start, and the next one ends at once without a word (FACTS.md).
 */
export const hostSettings: readonly HostSetting[] = [
  { id: 'inotify-instances', name: 'fs.inotify.max_user_instances', wanted: 1024 },
  { id: 'inotify-watches', name: 'fs.inotify.max_user_watches', wanted: 65_536 },
  { id: 'keyring-keys', name: 'kernel.keys.maxkeys', wanted: 2000 },
  { id: 'keyring-bytes', name: 'kernel.keys.maxbytes', wanted: 2_000_000 },
];

/** Where the kernel shows a setting. */
export function settingPath(name: string): string {
  return `/proc/sys/${name.replaceAll('.', '/')}`;
}
