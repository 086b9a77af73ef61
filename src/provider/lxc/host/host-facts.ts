/** What was read of this host; what it means says `judgeHost`. */
export interface HostFacts {
  readonly isRoot: boolean;
  /** `uname -r`: `6.1.0-37-amd64`. */
  readonly kernelRelease: string;
  /** Programs that were looked for and found. */
  readonly programs: ReadonlySet<string>;
  /** What `lxc-start --version` says. */
  readonly lxcVersion: string | undefined;
  /** Content of /proc/self/mounts. */
  readonly mounts: string;
  readonly firstId: number | undefined;
  readonly idFilesWritable: boolean;
  /** By the setting's name; undefined where the kernel doesn't have it. */
  readonly settings: ReadonlyMap<string, { readonly value: number; readonly writable: boolean } | undefined>;
  readonly home: HomeFacts;
  /** What is tried out, since nothing else tells for sure. undefined: not tried, for want of root. */
  readonly trials: {
    readonly userNamespace: Trial | undefined;
    /** An overlay as nodes have it, in LAB_HOME, from which an inherited directory is removed. */
    readonly overlay: Trial | undefined;
    /** A bridge and a veth pair in a network namespace. */
    readonly network: Trial | undefined;
    readonly netem: Trial | undefined;
  };
  /** AppArmor is at work in this kernel. */
  readonly appArmor: boolean;
  /** Bytes that programs can still have; undefined where /proc/meminfo doesn't say. */
  readonly availableMemory: number | undefined;
}

export interface HomeFacts {
  readonly path: string;
  readonly freeBytes: number;
  /** Directories on the way to it that nobody but their owner may pass. */
  readonly closed: readonly string[];
  /** Folders with files of nodes that any user of this machine may enter. */
  readonly open: readonly string[];
}

export interface Trial {
  readonly worked: boolean;
  /** What the program said when it didn't. */
  readonly said: string;
}
