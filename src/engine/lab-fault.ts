// lab fault and lab heal.

import { exitStatus, LabError } from '../model/errors.ts';
import { type FaultName, type InjectedFault } from '../model/fault.ts';
import { type NodeState } from '../model/observation.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';
import { type Fault, type FaultContext, type FaultOptions } from '../faults/fault.ts';
import { faultNamed } from '../faults/registry.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { announced, type Item } from './announced.ts';
import { faultContext } from './fault-context.ts';
import { type LabSession, look } from './session.ts';

export interface FaultOutcome {
  readonly nodes: readonly NodeDefinition[];
  /** It was there already, and nothing was done. */
  readonly already: boolean;
  /** When its effect began; milliseconds since 1970. */
  readonly began: number;
}

/**
 * Injects a fault; without a node it hits the Patroni leader. What could not be injected is taken away again; what was
 * cut off is in the journal, and `healFaults` removes it.
 */
export async function injectFault(
  session: LabSession,
  fault: Fault,
  named: readonly NodeDefinition[],
  options: FaultOptions,
  /** A fault of a chapter's own step leaves the lab's state lab's work. */
  by: 'person' | 'lab' = 'person',
): Promise<FaultOutcome> {
  const nodes = named.length > 0 ? sorted(named) : [await leaderNode(session)];
  const { observation } = await look(session);
  requireHit(session.workshop, fault, nodes);
  const injected: InjectedFault = { fault: fault.name, nodes: nodes.map((node) => node.name) };
  if (isThere(session, injected) && fault.again !== true) return { nodes, already: true, began: Date.now() };
  requireFree(session, fault, nodes);
  for (const node of nodes) requireRunning(node, observation.nodes.get(node.name) ?? 'absent');
  const item = itemOf(injected, nodes[0]);
  const context = faultContext(session, item.item);
  if (by === 'person') await session.record({ kind: 'touched-by-hand' });
  await session.record({ kind: 'fault-started', ...injected });
  let began = Date.now();
  await announced(session, item, async () => {
    try {
      began = Date.now();
      await fault.inject(context, nodes, options);
    } catch (error) {
      session.signal.throwIfAborted();
      // Where that fails too, it stays in the journal: `lab heal` tries again.
      await takeAway(session, fault, context, nodes).catch(() => undefined);
      throw error;
    }
  });
  return { nodes, already: false, began };
}

async function takeAway(
  session: LabSession,
  fault: Fault,
  context: FaultContext,
  nodes: readonly NodeDefinition[],
): Promise<void> {
  await fault.heal(context, nodes);
  await session.record({ kind: 'fault-healed', fault: fault.name, nodes: nodes.map((node) => node.name) });
}

/**
 * Before the nodes are replaced by others: what would outlive them goes. A node that can't be healed any more is
 * removed, and its disk with it.
 */
export async function dropFaults(session: LabSession): Promise<void> {
  for (const injected of [...session.history.faults].reverse()) {
    try {
      await heal(session, injected);
    } catch (error) {
      if (session.signal.aborted) throw error;
      for (const node of injected.nodes) await session.provider.destroyNode(node);
    }
  }
}

/**
 * Removes every fault that the journal says is there, the latest first. A fault that can't be removed does not keep the
 * others from being removed. Returns what was removed.
 */
export async function removeFaults(session: LabSession): Promise<readonly InjectedFault[]> {
  const injected = [...session.history.faults].reverse();
  const failures: unknown[] = [];
  for (const one of injected) {
    try {
      await heal(session, one);
    } catch (error) {
      if (session.signal.aborted) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return injected;
}

/** The same, and comes back once what runs in the nodes answers again. */
export async function healFaults(session: LabSession): Promise<readonly InjectedFault[]> {
  const injected = await removeFaults(session);
  const hit = session.workshop.nodes.filter((node) => injected.some(({ nodes }) => nodes.includes(node.name)));
  await settleAll(hit.map((node) => settle(session, node)));
  return injected;
}

async function heal(session: LabSession, injected: InjectedFault): Promise<void> {
  // A node that the workshop no longer has is nowhere to be healed.
  const nodes = injected.nodes.flatMap((name) => session.workshop.nodes.find((node) => node.name === name) ?? []);
  const item = itemOf(injected, nodes[0], 'heal');
  await announced(session, item, async () => {
    if (nodes.length > 0) await faultNamed(injected.fault).heal(faultContext(session, item.item), nodes);
    await session.record({ kind: 'fault-healed', ...injected });
  });
}

function settle(session: LabSession, node: NodeDefinition): Promise<void> {
  const item: Item = {
    item: `back ${node.name}`,
    part: { kind: 'node', node: node.name },
    title: words(`What runs on ${node.name} answers again`, `Ce qui tourne sur ${node.name} répond de nouveau`),
  };
  return announced(session, item, () => faultContext(session, item.item).awaitServices(node));
}

function itemOf({ fault, nodes }: InjectedFault, node: NodeDefinition | undefined, verb?: 'heal'): Item {
  const where = nodes.join(' – ');
  const title =
    verb === undefined
      ? words(`Fault ${fault} on ${where}`, `Panne ${fault} sur ${where}`)
      : words(`Healing ${fault} on ${where}`, `Réparation de ${fault} sur ${where}`);
  const item = `${verb ?? 'fault'} ${fault} ${nodes.join(' ')}`;
  return { item, title, part: node === undefined ? { kind: 'network' } : { kind: 'node', node: node.name } };
}

/** One partition between two nodes, whichever is named first. */
function sorted(nodes: readonly NodeDefinition[]): readonly NodeDefinition[] {
  return [...nodes].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function isThere({ history }: LabSession, { fault, nodes }: InjectedFault): boolean {
  return history.faults.some((one) => one.fault === fault && one.nodes.join() === nodes.join());
}

async function leaderNode(session: LabSession): Promise<NodeDefinition> {
  const reach = await look(session);
  const cluster = reach.observation.network === 'present' ? await observePatroniCluster(reach) : null;
  const seen = cluster?.kind === 'seen' ? cluster.value : null;
  const member = seen?.members.find(({ role }) => role === 'leader');
  const node = session.workshop.nodes.find(({ name }) => name === member?.node);
  if (node !== undefined) return node;
  throw new LabError(
    'no-leader',
    words(
      'Without a node named, a fault hits the Patroni leader, and there is none now.',
      "Sans nœud nommé, une panne frappe le leader Patroni, et il n'y en a pas pour le moment.",
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'Name a node: lab fault freeze etcd1. "lab status" shows them.',
        'Nommez un nœud : lab fault freeze etcd1. « lab status » les montre.',
      ),
    },
  );
}

/** Throws (exit status 2) when the fault has nothing to hit on one of the nodes. */
export function requireHit(workshop: Workshop, fault: Fault, nodes: readonly NodeDefinition[]): void {
  const missed = nodes.find((node) => fault.hits === 'patroni' && node.member === undefined);
  if (missed === undefined) return;
  const list = workshop.nodes.flatMap((node) => (node.member === undefined ? [] : [node.name])).join(', ');
  throw new LabError(
    'fault-misses-node',
    words(
      `${missed.name} runs no Patroni: ${fault.name} has nothing to hit there.`,
      `${missed.name} n'exécute pas Patroni : ${fault.name} n'a rien à y frapper.`,
    ),
    { exit: exitStatus.usage, hint: words(`It can hit: ${list}.`, `Nœuds possibles : ${list}.`) },
  );
}

function requireFree({ history }: LabSession, fault: Fault, nodes: readonly NodeDefinition[]): void {
  const inTheWay = history.faults.find(
    (one) => fault.excludes?.includes(one.fault) === true && nodes.some((node) => one.nodes.includes(node.name)),
  );
  if (inTheWay === undefined) return;
  throw new LabError('fault-in-the-way', bothOnOneLink(fault.name, inTheWay.fault), {
    exit: exitStatus.usage,
    hint: words('Remove what is injected first: lab heal', "Retirez d'abord ce qui est injecté : lab heal"),
  });
}

function bothOnOneLink(wanted: FaultName, there: FaultName): Words {
  return words(
    `The node's link has ${there} already; ${wanted} can't be put beside it.`,
    `La liaison du nœud subit déjà ${there} ; ${wanted} ne peut pas s'y ajouter.`,
  );
}

function requireRunning(node: NodeDefinition, state: NodeState): void {
  if (state === 'running') return;
  const what = {
    absent: words(`${node.name} is not in this lab yet.`, `${node.name} n'est pas encore dans ce lab.`),
    stopped: words(`${node.name} is stopped.`, `${node.name} est arrêté.`),
    frozen: words(`${node.name} is frozen.`, `${node.name} est gelé.`),
  }[state];
  throw new LabError('node-not-running', what, {
    exit: exitStatus.failed,
    hint: words(
      'A fault hits a running node. "lab heal" ends injected faults, "lab up" starts the nodes, "lab status" shows both.',
      'Une panne frappe un nœud en marche. « lab heal » met fin aux pannes injectées, « lab up » démarre les nœuds, « lab status » montre les deux.',
    ),
  });
}
