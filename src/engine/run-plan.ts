// Executes a plan: network, then nodes side by side, then each step as soon as its nodes and the steps it needs are there.

import { nodesOfStep } from '../model/chapters-up-to.ts';
import { type ItemOutcome, type ItemPart } from '../model/events.ts';
import { hostsFile } from '../model/hosts-file.ts';
import { type ChapterId, type NodeName } from '../model/ids.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';
import { announced, type Item } from './announced.ts';
import { type Patience } from './await-checks.ts';
import { beginChapter } from './begin-chapter.ts';
import { checkStep, runStep } from './run-step.ts';
import { type LabSession } from './session.ts';

type StepItem = Extract<PlanItem, { kind: 'do-step' | 'confirm-step' | 'keep-step' }>;
type NodeItem = Extract<PlanItem, { node: NodeName }>;

export async function runPlan(session: LabSession, plan: Plan): Promise<void> {
  const items = plan.items;
  if (items.some((item) => item.kind === 'prepare-images')) await session.images.prepare();
  if (items.some((item) => item.kind === 'create-network')) {
    await announced(
      session,
      { item: 'network', part: { kind: 'network' }, title: words('The network', 'Le réseau') },
      () => session.provider.createNetwork(),
    );
  }
  const nodes = startNodes(session, items);
  // A step waits for its own nodes only; a node that fails must not go unnoticed while another step runs.
  for (const node of nodes.values()) node.catch(() => undefined);
  const steps = startSteps(session, items, nodes);
  await Promise.allSettled([...nodes.values(), ...steps]);
  await Promise.all([...nodes.values(), ...steps]);
}

/** A step that fails keeps those that need it from being begun; one that is on its way is finished. */
function startSteps(
  session: LabSession,
  items: readonly PlanItem[],
  nodes: ReadonlyMap<NodeName, Promise<void>>,
): readonly Promise<void>[] {
  const started: { readonly chapter: ChapterId; readonly done: Promise<void> }[] = [];
  for (const item of items) {
    if (!('step' in item)) continue;
    const place = findStep(session, item);
    const needed = place.step.independent ? started.filter((one) => one.chapter === item.chapter) : started;
    const before = Promise.all(needed.map((one) => one.done));
    started.push({ chapter: item.chapter, done: before.then(() => doStepItem(session, item, place, nodes)) });
  }
  return started.map((one) => one.done);
}

function startNodes(session: LabSession, items: readonly PlanItem[]): ReadonlyMap<NodeName, Promise<void>> {
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
    return [name, announced(session, item, () => workOnNode(session, work))];
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

interface StepPlace {
  readonly chapter: Chapter;
  readonly step: Step;
}

function findStep({ workshop }: LabSession, item: StepItem): StepPlace {
  const chapter = workshop.chapters.find((one) => one.id === item.chapter);
  const step = chapter?.steps.find((one) => one.id === item.step);
  if (chapter === undefined || step === undefined)
    throw new Error(`no step ${item.chapter}/${item.step} in the workshop`);
  return { chapter, step };
}

async function doStepItem(
  session: LabSession,
  item: StepItem,
  { chapter, step }: StepPlace,
  nodes: ReadonlyMap<NodeName, Promise<void>>,
): Promise<void> {
  await Promise.all(nodesOfStep(session.workshop, chapter, step).flatMap((name) => nodes.get(name) ?? []));
  if (item.kind !== 'keep-step' && !step.independent) await beginChapter(session, chapter);
  const id = `step ${item.chapter}/${item.step}`;
  const part: ItemPart = { kind: 'step', chapter: item.chapter, step: item.step };
  await announced(session, { item: id, part, title: stepTitle(chapter, step) }, () =>
    stepWork(session, item, chapter, step, id),
  );
}

async function stepWork(
  session: LabSession,
  item: StepItem,
  chapter: Chapter,
  step: Step,
  id: string,
): Promise<ItemOutcome> {
  switch (item.kind) {
    case 'keep-step':
      return 'unchanged';
    case 'confirm-step': {
      const patience: Patience =
        item.withinSeconds === null ? { kind: 'own' } : { kind: 'seconds', seconds: item.withinSeconds };
      const results = await checkStep(session, chapter, step, id, patience);
      session.signal.throwIfAborted();
      if (results.every((result) => result.verdict === 'pass')) return 'unchanged';
      await runStep(session, chapter, step, id);
      return 'done';
    }
    case 'do-step':
      await runStep(session, chapter, step, id);
      return 'done';
  }
}

function stepTitle(chapter: Chapter, step: Step): Words {
  return {
    en: chapter.words.en.steps[step.id]?.title ?? step.id,
    fr: chapter.words.fr.steps[step.id]?.title ?? step.id,
  };
}
