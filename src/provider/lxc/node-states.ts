// What the nodes of a lab are doing, asked many times a second. A program for each node and look would be the most of what
// lab does; once LXC has told which process is a node's first, the kernel says whether it runs and whether it is frozen.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeName } from '../../model/ids.ts';
import { settleAll } from '../../model/settle-all.ts';
import { containerInfo, type ContainerInfo, type ContainersDependencies } from './containers.ts';
import { type FirstProcess, type FirstProcesses } from './first-processes.ts';
import { isFrozen } from './freezer.ts';
import { kernelFile } from './kernel-file.ts';
import { rootOf } from './node-files/node-tree.ts';

export interface NodeStates {
  /** A folder without its configuration is a node that somebody removed: absent. Throws as `containerInfo` does. */
  infoOf(node: NodeName): Promise<ContainerInfo>;
  /** The node's files as this machine sees them; null: it does not run, or nobody has looked at it yet. */
  rootOf(node: NodeName): Promise<string | null>;
}

export function createNodeStates(containers: ContainersDependencies, known: FirstProcesses): NodeStates {
  return {
    infoOf: async (node) => {
      if (!(await hasConfiguration(containers, node))) return { state: 'absent', init: null };
      const first = await known.of(node);
      const state = first && (await stateOf(first));
      if (first && state) return { state, init: first.pid };
      const info = await containerInfo(containers, node);
      const startTime = info.init === null ? null : await startTimeOf(info.init);
      if (info.init !== null && startTime !== null) await known.keep(node, { pid: info.init, startTime });
      return info;
    },
    rootOf: async (node) => {
      const first = await known.of(node);
      if (first === null || (await startTimeOf(first.pid)) !== first.startTime) return null;
      return rootOf(first.pid);
    },
  };
}

async function hasConfiguration({ directory }: ContainersDependencies, node: NodeName): Promise<boolean> {
  return access(join(directory, node, 'config')).then(
    () => true,
    () => false,
  );
}

/** null: it has ended, or the kernel's files don't tell: LXC has to. */
async function stateOf({ pid, startTime }: FirstProcess): Promise<'running' | 'frozen' | null> {
  const [started, frozen] = await settleAll([startTimeOf(pid), isFrozen(pid)]);
  if (started !== startTime || frozen === null) return null;
  return frozen ? 'frozen' : 'running';
}

/** null: there is no such process, or it has ended and nobody has asked for its status yet. */
async function startTimeOf(pid: number): Promise<string | null> {
  const text = await kernelFile(`/proc/${String(pid)}/stat`);
  // The name, in parentheses, may hold anything. After it: state, and as the twentieth the start time (proc(5)).
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : (fields[19] ?? null);
}
