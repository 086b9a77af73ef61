import { hostsFile } from '../model/hosts-file.ts';
import { type NodeName } from '../model/ids.ts';
import { type PlanItem } from '../model/plan.ts';
import { words } from '../model/words.ts';
import { announced, type Item } from './announced.ts';
import { gate } from './gate.ts';
import { type LabSession } from './session.ts';

export type NodesStarted = ReadonlyMap<NodeName, Promise<void>>;

type NodeItem = Extract<PlanItem, { node: NodeName }>;

export interface NodesOptions {
  /** None of them begins before. */
  readonly turn?: Promise<unknown>;
  /** What a new node waits for. */
  readonly imageOf?: (image: string) => Promise<void>;
}

/** Creates, starts, thaws: all nodes side by side, each with its own work in order. */
export function startNodes(
  session: LabSession,
  items: readonly PlanItem[],
  { turn = Promise.resolve(), imageOf = () => Promise.resolve() }: NodesOptions = {},
): NodesStarted {
  const byNode = new Map<NodeName, NodeItem[]>();
  for (const item of items) {
    if ('node' in item) byNode.set(item.node, [...(byNode.get(item.node) ?? []), item]);
  }
  const started = [...byNode].map(([name, work]): [NodeName, Promise<void>] => {
    const item: Item = {
      item: `node ${name}`,
      part: { kind: 'node', node: name },
      title: words(`Node ${name}`, `Nœud ${name}`),
    };
    const [image] = work.flatMap((one) => (one.kind === 'create-node' ? [one.image] : []));
    const begun = gate([turn, image === undefined ? undefined : imageOf(image)]);
    return [name, begun.then(() => announced(session, item, () => workOnNode(session, work)))];
  });
  return new Map(started);
}

async function workOnNode(session: LabSession, work: readonly NodeItem[]): Promise<void> {
  for (const item of work) {
    session.signal.throwIfAborted();
    switch (item.kind) {
      case 'create-node':
        await createNode(session, item);
        break;
      case 'start-node':
      case 'thaw-node':
        await session.provider.startNode(item.node, session.signal);
        break;
      case 'restart-node':
        await session.provider.stopNode(item.node, 'clean');
        await session.provider.startNode(item.node, session.signal);
        break;
    }
  }
}

async function createNode(session: LabSession, item: Extract<PlanItem, { kind: 'create-node' }>): Promise<void> {
  const definition = session.workshop.nodes.find((node) => node.name === item.node);
  if (definition === undefined) throw new Error(`no node ${item.node} in the workshop`);
  await session.record({ kind: 'node-creation-started', node: item.node, image: item.image });
  await session.provider.createNode({
    definition,
    edition: session.edition.name,
    image: item.image,
    hosts: hostsFile(session.workshop),
  });
  await session.record({ kind: 'node-created', node: item.node, image: item.image });
}
