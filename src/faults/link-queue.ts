// How a node's link queues packets (tc). The host's end of the veth is in the lab's network and shapes what goes to the
// node; eth0 in the node shapes what comes from it. Both go with the veth when the node stops.

import { type CommandResult, succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { type FaultContext } from './fault.ts';
import { networkFaultFailed } from './network-fault-failed.ts';

/** Towards the node. Throws (exit status 4) when this kernel doesn't know the discipline. */
export async function linkQueue(
  context: FaultContext,
  node: NodeDefinition,
  discipline: readonly string[],
): Promise<void> {
  const link = await hostEnd(context, node);
  const result = await context.attemptOnNetwork(['tc', 'qdisc', 'replace', 'dev', link, 'root', ...discipline]);
  if (!succeeded(result)) throw notTaken(result, discipline[0] ?? '');
}

/** From the node. */
export async function nodeQueue(
  context: FaultContext,
  node: NodeDefinition,
  discipline: readonly string[],
): Promise<void> {
  await context.exec(node.name, ['tc', 'qdisc', 'replace', 'dev', 'eth0', 'root', ...discipline]);
}

export async function dropLinkQueue(context: FaultContext, node: NodeDefinition, discipline: string): Promise<void> {
  if (!(await hasLink(context, node))) return;
  const link = await hostEnd(context, node);
  const shown = await context.attemptOnNetwork(['tc', '-json', 'qdisc', 'show', 'dev', link]);
  if (!succeeded(shown)) throw networkFaultFailed(shown, 'iproute2');
  if (!atWork(shown, discipline)) return;
  const result = await context.attemptOnNetwork(['tc', 'qdisc', 'delete', 'dev', link, 'root']);
  if (!succeeded(result)) throw networkFaultFailed(result, 'iproute2');
}

export async function dropNodeQueue(context: FaultContext, node: NodeDefinition, discipline: string): Promise<void> {
  if (!(await hasLink(context, node))) return;
  const shown = await context.exec(node.name, ['tc', '-json', 'qdisc', 'show', 'dev', 'eth0']);
  if (atWork(shown, discipline)) await context.exec(node.name, ['tc', 'qdisc', 'delete', 'dev', 'eth0', 'root']);
}

/** A node that is stopped has no link. One that is frozen can't be asked: it is thawed. */
async function hasLink(context: FaultContext, node: NodeDefinition): Promise<boolean> {
  const state = await context.stateOf(node.name);
  if (state === 'frozen') await context.startNode(node.name);
  return (state === 'frozen' || state === 'running') && (await context.networkIsThere());
}

/** The name of the other end of the node's eth0. */
async function hostEnd(context: FaultContext, node: NodeDefinition): Promise<string> {
  const index = Number((await context.exec(node.name, ['cat', '/sys/class/net/eth0/iflink'])).stdout);
  const links = await context.attemptOnNetwork(['ip', '-json', 'link', 'show']);
  if (!succeeded(links)) throw networkFaultFailed(links, 'iproute2');
  const found = (JSON.parse(links.stdout) as { ifindex: number; ifname: string }[]).find(
    ({ ifindex }) => ifindex === index,
  );
  if (found !== undefined) return found.ifname;
  throw new LabError(
    'link-not-found',
    words(
      `The link of ${node.name} is not in the lab's network.`,
      `La liaison de ${node.name} n'est pas dans le réseau du lab.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words('Start the node again: lab down, then lab up.', 'Redémarrez le nœud : lab down, puis lab up.'),
    },
  );
}

function atWork(shown: CommandResult, discipline: string): boolean {
  return (JSON.parse(shown.stdout) as { kind?: string }[]).some(({ kind }) => kind === discipline);
}

// tc's words for a discipline that the kernel doesn't have; older ones only say that there is no such file.
const unknownDiscipline = /qdisc kind is unknown|No such file or directory/;

function notTaken(result: CommandResult, discipline: string): LabError {
  if (result.exitStatus === 127 || !unknownDiscipline.test(result.stderr))
    return networkFaultFailed(result, 'iproute2');
  return new LabError(
    'kernel-lacks-discipline',
    words(
      `This host's kernel has no ${discipline}, so packets can't be treated that way here.`,
      `Le noyau de cette machine n'a pas ${discipline} : les paquets ne peuvent pas être traités ainsi ici.`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Nothing was changed. "lab fault slow" and "lab fault loss" disturb the network without it.',
        "Rien n'a été changé. « lab fault slow » et « lab fault loss » perturbent le réseau autrement.",
      ),
    },
  );
}
