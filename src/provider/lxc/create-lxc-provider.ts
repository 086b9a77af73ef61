// The LXC provider of one lab: puts network, containers and images together behind the Provider interface.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitStatus, LabError } from '../../model/errors.ts';
import { labPaths } from '../../model/home-paths.ts';
import { hostsFile } from '../../model/hosts-file.ts';
import { type EditionName, type LabName, type NodeName } from '../../model/ids.ts';
import { type LabObservation, type NodeState } from '../../model/observation.ts';
import { settleAll } from '../../model/settle-all.ts';
import { waitUntil } from '../../clock/wait-until.ts';
import { type Workshop } from '../../model/workshop.ts';
import { words } from '../../model/words.ts';
import { type AttachProgram, type RunProgram } from '../../model/command.ts';
import { type NodeSpec, type Provider } from '../provider.ts';
import { writeAttachVethHook } from './attach-veth-hook.ts';
import {
  attachArguments,
  type ContainerStart,
  containerState,
  type ContainersDependencies,
  defaultTimeoutSeconds,
  execInContainer,
  freezeContainer,
  type RunInside,
  startContainer,
  stopContainer,
  systemdAnswers,
} from './containers.ts';
import { createNodeFolder } from './create-node.ts';
import { createFirstProcesses } from './first-processes.ts';
import { limitDisk, mountDisk, type NodeDiskDependencies, removeDisk, unmountDisk } from './node-disk.ts';
import { imagesHome } from './images/image-places.ts';
import { createResidents } from './residents.ts';
import { createSeat } from './seat/create-seat.ts';
import { removeTrees } from './node-files/remove-trees.ts';
import { writeKeepFreezerHook } from './keep-freezer-hook.ts';
import { limitSettings, readControllers } from './node-limits.ts';
import { mountVolumes } from './volumes.ts';
import {
  createNetwork,
  destroyNetwork,
  type NetworkDependencies,
  namespaceName,
  namespacePath,
  type NetworkWatch,
  watchNetwork,
} from './network.ts';
import { createNodeStates, type NodeStates } from './node-states.ts';

export interface LxcProviderDependencies {
  readonly run: RunProgram;
  readonly attach: AttachProgram;
  readonly home: string;
  readonly lab: LabName;
  readonly workshop: Workshop;
  readonly images: {
    layersOf(edition: EditionName, image: string): Promise<readonly string[]>;
    poolDirectory(edition: EditionName): Promise<string>;
  };
  /** Starts the process that puts questions in the lab's network. */
  readonly seat: readonly string[];
  /** TERM of the person's terminal, for shells in nodes. */
  readonly terminal: string;
  /** First of the 65536 host ids that nodes are mapped to. */
  readonly firstId: () => Promise<number>;
}

const bootSeconds = 60;

export function createLxcProvider(deps: LxcProviderDependencies): Provider {
  const paths = labPaths(deps.home, deps.lab);
  const containers: ContainersDependencies = { run: deps.run, directory: paths.nodes, stopping: paths.stopping };
  const network: NetworkDependencies = { ...deps, ...deps.workshop.network, claim: paths.networkClaim };
  const disks: NodeDiskDependencies = { ...deps, nodes: paths.nodes, disks: paths.disks };
  const volumes = { ...deps, nodes: paths.nodes, volumes: deps.workshop.volumes };
  const netns = namespacePath(namespaceName(deps.home, deps.lab));
  const seat = createSeat(deps.seat, netns);
  const states = createNodeStates(containers, createFirstProcesses(paths.firstProcesses));
  const watch = watchNetwork(network);
  const runInside = insideOf(containers);
  return {
    observe: () => observeLab(deps, states, watch),
    createNetwork: () => createNetwork(network),
    destroyNetwork: () => destroyNetwork(network),
    createNode: async (spec) => {
      await removeDisk(disks, spec.definition.name);
      await createNode(deps, containers, spec);
    },
    startNode: async (node, signal) => {
      await mountDisk(disks, node);
      await mountVolumes(volumes, node);
      await startNode({ containers, states, runInside, start: () => containerStart(deps, containers) }, node, signal);
    },
    stopNode: async (node, how) => {
      await stopNode({ containers, states }, node, how);
      await unmountDisk(disks, node);
    },
    destroyNode: (node) => destroyNode({ containers, states }, disks, node),
    setFrozen: (node, frozen) => freezeContainer(containers, node, frozen),
    limitDisk: (node, extraBytes) => limitDisk(disks, node, extraBytes),
    exec: async (node, argv, options = {}) => {
      const { fromAnywhere = false } = options;
      const answered = fromAnywhere ? await seat.ask(argv, { ...options, root: await states.rootOf(node) }) : null;
      return answered ?? runInside(node, argv, options);
    },
    execOnNetwork: async (argv, options) => {
      const answered = await seat.ask(argv, options);
      if (answered !== null) return answered;
      const result = await deps.run(['nsenter', `--net=${netns}`, '--', ...argv], { timeoutSeconds: 120, ...options });
      return { ...result, argv };
    },
    attach: async (where, argv, terminal) => {
      const variables = [`TERM=${deps.terminal}`];
      if (where !== null) return deps.attach(attachArguments(paths.nodes, where, argv, variables), terminal);
      // The trainer's seat knows the nodes by name: their /etc/hosts is mounted over the host's for this shell only.
      await writeFile(paths.hosts, hostsFile(deps.workshop));
      const seat = [
        'unshare',
        '--mount',
        'sh',
        '-c',
        'mount --bind "$0" /etc/hosts && exec "$@"',
        paths.hosts,
        ...argv,
      ];
      return deps.attach(['nsenter', `--net=${netns}`, '--', ...seat], terminal);
    },
  };
}

/** By the program that stays there; what is heard while it runs needs pipes of its own. */
function insideOf(containers: ContainersDependencies): RunInside {
  const residents = createResidents((node, argv) => attachArguments(containers.directory, node, argv));
  return async (node, argv, options = {}) => {
    const { onOutput, timeoutSeconds = defaultTimeoutSeconds } = options;
    const known = onOutput === undefined ? await residents.run(node, argv, { ...options, timeoutSeconds }) : null;
    return known ?? execInContainer(containers, node, argv, options);
  };
}

interface Nodes {
  readonly containers: ContainersDependencies;
  readonly states: NodeStates;
}

async function observeLab(
  deps: LxcProviderDependencies,
  nodes: NodeStates,
  network: NetworkWatch,
): Promise<LabObservation> {
  const states = deps.workshop.nodes.map(async ({ name }): Promise<[NodeName, NodeState]> => [
    name,
    (await nodes.infoOf(name)).state,
  ]);
  const [net, all] = await settleAll([network(), settleAll(states)]);
  return { network: net === 'half' ? 'absent' : net, nodes: new Map(all) };
}

async function createNode(
  deps: LxcProviderDependencies,
  containers: ContainersDependencies,
  spec: NodeSpec,
): Promise<void> {
  const [layers, pool, firstId] = await settleAll([
    deps.images.layersOf(spec.edition, spec.image),
    deps.images.poolDirectory(spec.edition),
    deps.firstId(),
  ]);
  await mkdir(containers.directory, { recursive: true });
  const { prefixLength } = deps.workshop.network;
  const attachVethHook = await writeAttachVethHook(containers.directory, namespaceName(deps.home, deps.lab));
  await createNodeFolder({
    run: deps.run,
    spec,
    directory: containers.directory,
    layers,
    pool,
    firstId,
    prefixLength,
    attachVethHook,
  });
  // A node whose folder was removed under it may still run, on files that nobody can reach any more.
  if ((await containerState(containers, spec.definition.name)) !== 'stopped')
    await stopContainer(containers, spec.definition.name, 'kill');
}

/** What holds a node, said at each start: nodes of older labs are held from then on, and a changed workshop counts. */
async function containerStart(
  { workshop, home }: LxcProviderDependencies,
  { directory }: ContainersDependencies,
): Promise<ContainerStart> {
  const [hook, controllers] = await settleAll([writeKeepFreezerHook(directory), readControllers()]);
  const settings = [`lxc.hook.start-host=/bin/sh ${hook}`, ...limitSettings(workshop.limits, controllers)];
  return { settings, pools: imagesHome(home).pools };
}

interface Startable extends Nodes {
  readonly runInside: RunInside;
  readonly start: () => Promise<ContainerStart>;
}

async function startNode(
  { containers, states, runInside, start }: Startable,
  node: NodeName,
  signal?: AbortSignal,
): Promise<void> {
  const { state } = await states.infoOf(node);
  if (state === 'frozen') await freezeContainer(containers, node, false);
  if (state === 'stopped') await startContainer(containers, node, { ...(await start()), signal });
  const { init } = await states.infoOf(node);
  const answers = await waitUntil(() => systemdAnswers(runInside, node, init), {
    withinSeconds: bootSeconds,
    signal,
  });
  if (answers || signal?.aborted) return;
  throw new LabError(
    'node-boot-failed',
    words(
      `${node} started, but its systemd didn't answer within ${String(bootSeconds)} s.`,
      `${node} a démarré, mais son systemd n'a pas répondu en ${String(bootSeconds)} s.`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Many nodes on one host need more inotify instances: "lab doctor" tells.',
        "Beaucoup de nœuds sur une même machine demandent plus d'instances inotify : « lab doctor » le dit.",
      ),
    },
  );
}

async function stopNode({ containers, states }: Nodes, node: NodeName, how: 'clean' | 'kill'): Promise<void> {
  const { state } = await states.infoOf(node);
  if (state === 'absent' || state === 'stopped') return;
  if (state === 'frozen') await freezeContainer(containers, node, false);
  await stopContainer(containers, node, how);
}

async function destroyNode(nodes: Nodes, disks: NodeDiskDependencies, node: NodeName): Promise<void> {
  await stopNode(nodes, node, 'kill');
  await removeDisk(disks, node);
  const folder = join(nodes.containers.directory, node);
  if (!(await removeTrees(nodes.containers.run, [folder]))) throw new Error(`${folder} could not be removed`);
}
