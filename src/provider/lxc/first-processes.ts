// A node's first process, remembered from one run of lab to the next: LXC is asked for it once for each start of a node,
// and not by each command for each node. Whoever reads it asks the kernel whether that process is still there.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeName } from '../../model/ids.ts';
import { kernelFile } from './kernel-file.ts';

export interface FirstProcess {
  readonly pid: number;
  /** Clock ticks since the host booted: another process that gets the same number has another one. */
  readonly startTime: string;
}

export interface FirstProcesses {
  of(node: NodeName): Promise<FirstProcess | null>;
  /** Never throws: what can't be kept is asked again. */
  keep(node: NodeName, first: FirstProcess): Promise<void>;
}

export function createFirstProcesses(directory: string): FirstProcesses {
  const known = new Map<NodeName, FirstProcess>();
  const boot = hostBoot();
  return {
    of: async (node) =>
      known.get(node) ?? parse(await readFile(join(directory, node), 'utf8').catch(() => ''), await boot),
    keep: async (node, first) => {
      known.set(node, first);
      // Not with the folders above it: a lab that was destroyed meanwhile stays so.
      await mkdir(directory).catch(() => undefined);
      const line = `${String(first.pid)} ${first.startTime} ${await boot}\n`;
      await writeFile(join(directory, node), line).catch(() => undefined);
    },
  };
}

/** A host that boots again counts its processes anew. */
async function hostBoot(): Promise<string> {
  return ((await kernelFile('/proc/sys/kernel/random/boot_id')) ?? 'unknown').trim();
}

/** null: half a line, or one of an earlier boot. */
function parse(text: string, boot: string): FirstProcess | null {
  const [, pid, startTime, writtenIn] = /^(\d+) (\d+) (\S+)\n$/.exec(text) ?? [];
  return pid === undefined || startTime === undefined || writtenIn !== boot ? null : { pid: Number(pid), startTime };
}
