// The LXC programs, each wrapped once. Containers of a lab live in its own lxcpath, so names never collide between labs.

import { rm } from 'node:fs/promises';
import { type CommandOptions, type CommandResult, type RunProgram, succeeded } from '../../model/command.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { type NodeName } from '../../model/ids.ts';
import { type NodeState } from '../../model/observation.ts';
import { verbatim, words } from '../../model/words.ts';
import { isFrozen } from './freezer.ts';
import { requireTargetsWithoutLinks } from './node-files/mount-targets.ts';
import { rootOf } from './node-files/node-tree.ts';
import { wayInTree } from './node-files/way-in-tree.ts';

export interface ContainersDependencies {
  readonly run: RunProgram;
  /** The lxcpath: a folder for each node. */
  readonly directory: string;
  /** A file that is locked (shared) as long as a node is being stopped, also when lab was killed meanwhile. */
  readonly stopping?: string;
}

/** Seconds that a program in a node may take when the caller doesn't say. */
export const defaultTimeoutSeconds = 120;
/** Seconds that services get to stop before the node is killed. */
const stopTimeoutSeconds = 60;

/** A node's state; of one that isn't stopped, its first process as the host numbers it. */
export interface ContainerInfo {
  readonly state: NodeState;
  readonly init: number | null;
}

export async function containerState(deps: ContainersDependencies, node: NodeName): Promise<NodeState> {
  return (await containerInfo(deps, node)).state;
}

/** Throws `node-state-unknown` when LXC can't say: a node that is there must not be taken for absent and made anew. */
export async function containerInfo(deps: ContainersDependencies, node: NodeName): Promise<ContainerInfo> {
  const ask = ['lxc-info', '-P', deps.directory, '-n', node, '--state', '--pid'];
  const result = await deps.run(ask, { timeoutSeconds: 20 });
  if (!succeeded(result)) {
    if (result.stderr.includes("doesn't exist")) return { state: 'absent', init: null };
    throw stateUnknown(node, lastLine(result.stderr));
  }
  const value = (name: string) => new RegExp(`^${name}:\\s*(\\S+)$`, 'm').exec(result.stdout)?.[1];
  const pid = value('PID');
  const told = stateNamed(value('State'));
  if (pid === undefined) return { state: told, init: null };
  const frozen = await isFrozen(Number(pid));
  const seen = frozen ? 'frozen' : 'running';
  return { state: frozen === null || told === 'stopped' ? told : seen, init: Number(pid) };
}

function stateNamed(name: string | undefined): NodeState {
  switch (name) {
    case 'STOPPED':
      return 'stopped';
    case 'FROZEN':
    case 'FREEZING':
      return 'frozen';
    default:
      return 'running';
  }
}

function stateUnknown(node: NodeName, why: string): LabError {
  return new LabError(
    'node-state-unknown',
    words(`LXC does not say what ${node} is doing: ${why}`, `LXC ne dit pas ce que fait ${node} : ${why}`),
    {
      exit: exitStatus.hostCannot,
      hint: words('Nothing was changed: try again.', "Rien n'a été changé : réessayez."),
    },
  );
}

export interface ContainerStart {
  /** KEY=VALUE of LXC's configuration that hold for this start, beside those of the node's own. */
  readonly settings: readonly string[];
  /** The folder with the package pools. */
  readonly pools: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program in a mount namespace of its own in which the folder `$0` can't be written. A node's root may change the
 * mounts that LXC makes for it, but takes nothing away from those that were there before its namespaces were.
 */
const withReadOnly = 'mount --bind "$0" "$0" && mount -o remount,bind,ro,nosuid,nodev "$0" && exec "$@"';

export async function startContainer(
  deps: ContainersDependencies,
  node: NodeName,
  { settings, pools, signal }: ContainerStart,
): Promise<void> {
  await requireTargetsWithoutLinks(deps.directory, node);
  const log = `${deps.directory}/${node}/lxc.log`;
  // LXC appends, and what an earlier start said explains nothing.
  await rm(log, { force: true });
  const defined = settings.flatMap((setting) => ['-s', setting]);
  const start = ['lxc-start', '-P', deps.directory, '-n', node, '-o', log, '-l', 'WARN', ...defined];
  const confined = ['unshare', '--mount', '--propagation', 'slave', 'sh', '-c', withReadOnly, pools, ...start];
  const result = await deps.run(confined, {
    timeoutSeconds: 60,
    ...(signal && { signal }),
  });
  if (succeeded(result) || (await containerState(deps, node)) === 'running') return;
  if (signal?.aborted) return;
  // The first lines have the cause, the last ones what followed from it.
  const why = await deps.run(['head', '--lines', '8', log]);
  throw new LabError(
    'node-start-failed',
    words(
      `LXC could not start ${node}: ${lastLine(result.stderr)}`,
      `LXC n'a pas pu démarrer ${node} : ${lastLine(result.stderr)}`,
    ),
    { exit: exitStatus.hostCannot, hint: verbatim(`${log}\n${why.stdout.trim()}`) },
  );
}

export async function stopContainer(
  deps: ContainersDependencies,
  node: NodeName,
  how: 'clean' | 'kill',
): Promise<void> {
  const argv = [...(deps.stopping === undefined ? [] : ['flock', '--shared', deps.stopping])];
  argv.push('lxc-stop', '-P', deps.directory, '-n', node);
  argv.push(...(how === 'kill' ? ['-k'] : ['-t', String(stopTimeoutSeconds)]));
  const result = await deps.run(argv, { timeoutSeconds: stopTimeoutSeconds + 30 });
  const state = await containerState(deps, node);
  if (state === 'stopped' || state === 'absent') return;
  throw new LabError(
    'node-stop-failed',
    words(
      `${node} could not be stopped: ${lastLine(result.stderr)}`,
      `${node} n'a pas pu être arrêté : ${lastLine(result.stderr)}`,
    ),
    { exit: exitStatus.failed },
  );
}

/** `held`: a file that is locked (shared) until the program has ended, also when lab was killed before that. */
export async function freezeContainer(
  deps: ContainersDependencies,
  node: NodeName,
  frozen: boolean,
  held?: string,
): Promise<void> {
  const program = frozen ? 'lxc-freeze' : 'lxc-unfreeze';
  const lock = held === undefined ? [] : ['flock', '--shared', held];
  const which = ['-P', deps.directory, '-n', node];
  // With cgroup v1 lxc-freeze looks again only after a second when its first look comes too early, as it always does;
  // frozen beforehand, it sees so at once. Elsewhere there is no such file, and lxc-freeze is fast.
  if (frozen) await deps.run([...lock, 'lxc-cgroup', ...which, 'freezer.state', 'FROZEN']);
  const result = await deps.run([...lock, program, ...which], { timeoutSeconds: 30 });
  if (!succeeded(result)) throw freezeFailed(program, node, result);
  // lxc-unfreeze thaws only what LXC takes for frozen, and it does not take a node so whose lxc-freeze was cut off.
  if (frozen || (await containerState(deps, node)) !== 'frozen') return;
  for (const repair of ['lxc-freeze', 'lxc-unfreeze']) {
    const repaired = await deps.run([repair, ...which], { timeoutSeconds: 30 });
    if (!succeeded(repaired)) throw freezeFailed(repair, node, repaired);
  }
}

function freezeFailed(program: string, node: NodeName, result: CommandResult): LabError {
  const told = verbatim(`${program} ${node}: ${lastLine(result.stderr)}`);
  return new LabError('node-freeze-failed', told, { exit: exitStatus.failed });
}

/**
 * The node's environment is its own (--clear-env), and `timeout` inside ends the program there: killing lxc-attach on
 * the host doesn't always do.
 */
export function attachArguments(
  directory: string,
  node: NodeName,
  argv: readonly string[],
  environment: readonly string[] = [],
): string[] {
  const variables = ['LANG=C.UTF-8', 'HOME=/root', ...environment].flatMap((variable) => ['--set-var', variable]);
  return ['lxc-attach', '-P', directory, '-n', node, '--clear-env', ...variables, '--', ...argv];
}

export async function execInContainer(
  deps: ContainersDependencies,
  node: NodeName,
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { timeoutSeconds: seconds = defaultTimeoutSeconds, ...others } = options;
  // Without `timeout`, which leads a group of its own, the program is in lxc-attach's and ends with it.
  if (seconds === Number.POSITIVE_INFINITY) {
    const endless = await deps.run(attachArguments(deps.directory, node, argv), others);
    return { ...endless, argv };
  }
  const inside = ['timeout', '--kill-after=2', String(seconds), ...argv];
  const result = await deps.run(attachArguments(deps.directory, node, inside), {
    ...options,
    timeoutSeconds: seconds + 5,
  });
  // 124: `timeout` in the node ended it.
  return { ...result, argv, timedOut: result.timedOut || result.exitStatus === 124 };
}

/** Runs a program in a node. */
export type RunInside = (node: NodeName, argv: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/**
 * systemd answers on its own socket: from then on it takes jobs, also while the rest of the boot goes on. `init`, the
 * node's first process: the host sees through it whether the socket is there, and until then starts no program to ask.
 */
export async function systemdAnswers(runInside: RunInside, node: NodeName, init: number | null): Promise<boolean> {
  if (init !== null && !(await isThere(rootOf(init), 'run/systemd/private'))) return false;
  const result = await runInside(node, ['systemctl', 'show', '--property=Version'], { timeoutSeconds: 5 });
  return succeeded(result) && result.stdout.startsWith('Version=');
}

/** A process that has ended has no root any more. */
async function isThere(root: string, path: string): Promise<boolean> {
  return wayInTree(root, path).then(
    (way) => way === 'there',
    () => false,
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
