// A provider in memory, for planner and engine tests and held to the same contract as LXC. Its nodes know five
// programs: true, false, tee, cat, rm. Every effect asks `beforeEffect` first, so a test can pull the plug anywhere.

import { type CommandOptions, type CommandResult } from '../../src/model/command.ts';
import { type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { type Provider } from '../../src/provider/provider.ts';

/** What outlives a crash of lab: the machine's disk and what runs on it. */
export interface FakeMachine {
  /** Nodes with a disk of their own, and what it has beyond their files. */
  readonly disks: Map<NodeName, number>;
  network: 'absent' | 'present' | 'foreign';
  readonly nodes: Map<NodeName, FakeNode>;
  /** Nodes that were being put in the place of these; `swapping` from the moment on from which there is no way back. */
  replacement: { readonly nodes: ReadonlyMap<NodeName, FakeNode>; swapping: boolean } | null;
  /** What a copy was about to freeze. */
  frozenForCopy: readonly NodeName[];
  /** So many reads of files do not come back. */
  slowReads: number;
}

export interface FakeNode {
  state: Exclude<NodeState, 'absent'>;
  readonly files: Map<string, string>;
}

export function fakeMachine(): FakeMachine {
  return { network: 'absent', nodes: new Map(), disks: new Map(), replacement: null, frozenForCopy: [], slowReads: 0 };
}

export function fakeProvider(
  machine: FakeMachine,
  workshop: Workshop,
  beforeEffect: () => void = () => undefined,
): Provider {
  const set = (node: NodeName, state: Exclude<NodeState, 'absent'>): void => {
    beforeEffect();
    const found = machine.nodes.get(node);
    if (found) found.state = state;
  };
  return {
    observe: () =>
      Promise.resolve({
        network: machine.network,
        nodes: new Map(workshop.nodes.map(({ name }) => [name, machine.nodes.get(name)?.state ?? 'absent'])),
      }),
    createNetwork: () =>
      Promise.resolve()
        .then(beforeEffect)
        .then(() => void (machine.network = 'present')),
    destroyNetwork: () =>
      Promise.resolve()
        .then(beforeEffect)
        .then(() => void (machine.network = 'absent')),
    createNode: async ({ definition, hosts }) => {
      await Promise.resolve();
      beforeEffect();
      const files = new Map([
        ['/etc/hostname', `${definition.name}\n`],
        ['/etc/hosts', hosts],
      ]);
      machine.nodes.set(definition.name, { state: 'stopped', files });
    },
    startNode: (node) => Promise.resolve().then(() => set(node, 'running')),
    stopNode: (node) => Promise.resolve().then(() => set(node, 'stopped')),
    setFrozen: (node, frozen) => Promise.resolve().then(() => set(node, frozen ? 'frozen' : 'running')),
    limitDisk: async (node, extraBytes) => {
      await Promise.resolve();
      beforeEffect();
      if (machine.nodes.get(node)?.state !== 'stopped') throw new Error(`${node} is not stopped`);
      if (extraBytes === null) machine.disks.delete(node);
      else machine.disks.set(node, extraBytes);
    },
    destroyNode: async (node) => {
      await Promise.resolve();
      beforeEffect();
      machine.disks.delete(node);
      machine.nodes.delete(node);
    },
    exec: async (node, argv, options) => {
      await Promise.resolve();
      if (argv[0] === 'tee' || argv[0] === 'rm') beforeEffect();
      if (argv[0] === 'cat' && machine.slowReads > 0) {
        machine.slowReads -= 1;
        return { ...result(argv, 124), timedOut: true };
      }
      return run(machine.nodes.get(node), argv, options);
    },
    execOnNetwork: (argv) => Promise.resolve(result(argv, machine.network === 'present' && argv[0] === 'true' ? 0 : 1)),
    attach: () => Promise.resolve(0),
  };
}

function run(
  node: { state: NodeState; files: Map<string, string> } | undefined,
  argv: readonly string[],
  options?: CommandOptions,
): CommandResult {
  if (node?.state !== 'running') return result(argv, 1, '', 'the node is not running');
  const [program, path = ''] = argv;
  switch (program) {
    case 'true':
      return result(argv, 0);
    case 'false':
      return result(argv, 1);
    case 'cat':
      return node.files.has(path)
        ? result(argv, 0, node.files.get(path))
        : result(argv, 1, '', `cat: ${path}: No such file or directory`);
    case 'tee':
      node.files.set(path, options?.input ?? '');
      return result(argv, 0, options?.input ?? '');
    case 'rm':
      node.files.delete(path);
      return result(argv, 0);
    case 'sleep':
      return { ...result(argv, null), timedOut: true, seconds: options?.timeoutSeconds ?? 0 };
    default:
      return result(argv, 127, '', `${String(program)}: not found`);
  }
}

function result(argv: readonly string[], exitStatus: number | null, stdout = '', stderr = ''): CommandResult {
  return { argv, exitStatus, stdout, stderr, timedOut: false, cancelled: false, seconds: 0 };
}
