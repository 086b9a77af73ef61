// Executes a plan: network, then each step as soon as its nodes and the steps it needs are there.

import { nodesOfStep, nodesUpTo } from '../model/chapters-up-to.ts';
import { type ItemOutcome, type ItemPart } from '../model/events.ts';
import { type ChapterId, type NodeName } from '../model/ids.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type StepPlace } from '../model/replaced-steps.ts';
import { settleAll } from '../model/settle-all.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Chapter, type Step } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';
import { announced } from './announced.ts';
import { awaitChecks, type Patience } from './await-checks.ts';
import { beginChapter } from './begin-chapter.ts';
import { checksToLookAt } from './checks-to-look-at.ts';
import { comingImages, type ComingImages } from './coming-images.ts';
import { confirmTogether } from './confirm-together.ts';
import { gate } from './gate.ts';
import { keepChapterEnd } from './keep-chapter-end.ts';
import { nodesByTurn } from './nodes-by-turn.ts';
import { recordDone } from './record-done.ts';
import { restoreChapterEnd } from './restore-checkpoint.ts';
import { requireReason } from './require-reason.ts';
import { announceChecks, furnish, holds, renewStep, runStep } from './run-step.ts';
import { type LabSession } from './session.ts';
import { type NodesStarted, startNodes } from './start-nodes.ts';
import { findStep, type StepItem } from './step-item.ts';
import { wakingReplicas } from './waking-replicas.ts';

export async function runPlan(session: LabSession, plan: Plan): Promise<void> {
  const items = plan.items;
  if (!items.some((item) => item.kind === 'prepare-images')) await sayWhatIsMissing(session);
  const images = comingImages(session, items);
  // Without a mirror nothing is begun.
  await images.any;
  if (items.some((item) => item.kind === 'create-network')) {
    await announced(
      session,
      { item: 'network', part: { kind: 'network' }, title: words('The network', 'Le réseau') },
      () => session.provider.createNetwork(),
    );
  }
  for (const item of items) if (item.kind === 'restore-checkpoint') await restoreChapterEnd(session, item.chapter);
  const { atOnce, withChapter } = nodesByTurn(session.workshop, items);
  const first = watched(startNodes(session, atOnce, { imageOf: images.of }));
  await wakingReplicas(session, startedAgain(items, first), async (awake) => {
    const work = startSteps(session, plan, { first, withChapter, awake, images });
    await settleAll(work);
  });
}

/** Images that no node of this plan needs, where `lab up` or `lab prepare` was cut off: no reason to build, nor to stop. */
async function sayWhatIsMissing({ announce, edition, images }: LabSession): Promise<void> {
  if (await images.isPrepared()) return;
  announce({
    kind: 'notice',
    text: words(
      `Some images of ${edition.name} are not built yet: the ends of the chapters are not kept. Build them: lab prepare --edition ${edition.name}`,
      `Certaines images de ${edition.name} ne sont pas encore construites : les fins de chapitre ne sont pas conservées. Construisez-les : lab prepare --edition ${edition.name}`,
    ),
  });
}

/** A step waits for its own nodes only; a node that fails must not go unnoticed while another step runs. */
function watched(nodes: NodesStarted): NodesStarted {
  for (const node of nodes.values()) node.catch(() => undefined);
  return nodes;
}

/** Nodes that were there before and were not running, each with its start. */
function startedAgain(items: readonly PlanItem[], nodes: NodesStarted): NodesStarted {
  const made = new Set(items.flatMap((item) => (item.kind === 'create-node' ? [item.node] : [])));
  const started = items.flatMap((item) => (item.kind === 'start-node' ? [item.node] : []));
  return new Map([...nodes].filter(([name]) => started.includes(name) && !made.has(name)));
}

interface Nodes {
  readonly first: NodesStarted;
  readonly withChapter: ReadonlyMap<ChapterId, readonly PlanItem[]>;
  /** Once replicas of nodes that were started again follow their leader. */
  readonly awake: Promise<unknown>;
  readonly images: ComingImages;
}

/**
 * All of the work, that of the nodes and images too. A step that fails keeps those that need it from being begun; one
 * that is on its way is finished.
 */
function startSteps(
  session: LabSession,
  { items, chapter: target }: Plan,
  { first, withChapter, awake, images }: Nodes,
): readonly Promise<void>[] {
  const nodes = new Map(first);
  const started: { readonly chapter: ChapterId; readonly done: Promise<void> }[] = [];
  // One after the other: what follows does not wait for them to be put away.
  const ends: Promise<void>[] = [];
  const steps = items.filter((item) => 'step' in item);
  const needless = new AbortController();
  const confirmed = confirmTogether(session, { steps, target, nodes: first, awake, needless: needless.signal });
  const furnished = furnishOnce(session, steps);
  for (const [index, item] of steps.entries()) {
    const place = findStep(session, item);
    const needed = place.step.independent ? started.filter((one) => one.chapter === item.chapter) : started;
    const before = gate(needed.map((one) => one.done));
    const done = before.then(() => doStepItem(session, item, { ...place, target, confirmed, furnished }, nodes));
    started.push({ chapter: item.chapter, done });
    const next = steps[index + 1]?.chapter;
    if (next === item.chapter) continue;
    const ofNext = next === undefined ? [] : (withChapter.get(next) ?? []);
    for (const [name, node] of watched(startNodes(session, ofNext, { turn: before, imageOf: images.of })))
      nodes.set(name, node);
    // Also one that no step asks for.
    const there = nodesUpTo(session.workshop, place.chapter.id).flatMap(({ name }) => nodes.get(name) ?? []);
    const reached = gate([images.all, ...ends, ...there, ...started.map((one) => one.done)]);
    const { free, kept } = keepChapterEnd(session, place.chapter, reached);
    started.push({ chapter: item.chapter, done: free });
    ends.push(kept);
  }
  const work = [images.all, ...ends, ...nodes.values(), ...started.map((one) => one.done)];
  // Where a node failed, no step comes to ask for it: it would look on for a minute after the page.
  void Promise.allSettled(work).then(() => needless.abort());
  // Whoever waits for it hears of a failure.
  return [...work, confirmed.then(nothing, nothing)];
}

function nothing(): void {
  return undefined;
}

/**
 * Each of the nodes gets it of all steps before the first of them is looked at: what it needs to join the cluster may be
 * of a later chapter, as pgbackrest is for a replica.
 */
function furnishOnce(session: LabSession, steps: readonly StepItem[]): StepWork['furnished'] {
  const begun = new Map<NodeName, Promise<void>>();
  const furnishWhole = async (node: NodeName, id: string): Promise<void> => {
    for (const item of steps)
      if (item.kind === 'do-step' && item.renewed?.includes(node))
        await furnish(session, findStep(session, item), [node], id);
  };
  return async (nodes, id) => {
    const furnished = nodes.map((node) => {
      const work = begun.get(node) ?? furnishWhole(node, id);
      begun.set(node, work);
      return work;
    });
    await settleAll(furnished);
  };
}

interface StepWork extends StepPlace {
  readonly target: ChapterId;
  /** Of the steps that were confirmed together. */
  readonly confirmed: Promise<readonly CheckResult[]>;
  /** Gives nodes that were made again what furnishes them; `item` is the line of work that it shows in. */
  readonly furnished: (nodes: readonly NodeName[], item: string) => Promise<void>;
}

async function doStepItem(session: LabSession, item: StepItem, work: StepWork, nodes: NodesStarted): Promise<void> {
  const { chapter, step } = work;
  await gate(nodesOfStep(session.workshop, chapter, step).flatMap((name) => nodes.get(name) ?? []));
  if (item.kind !== 'keep-step' && !step.independent) await beginChapter(session, chapter);
  const id = `step ${item.chapter}/${item.step}`;
  const part: ItemPart = { kind: 'step', chapter: item.chapter, step: item.step };
  await announced(session, { item: id, part, title: stepTitle(chapter, step) }, () =>
    stepWork(session, item, work, id),
  );
}

async function stepWork(
  session: LabSession,
  item: StepItem,
  { chapter, step, target, confirmed, furnished }: StepWork,
  id: string,
): Promise<ItemOutcome> {
  switch (item.kind) {
    case 'keep-step':
      await recordDone(session, chapter, step);
      return 'unchanged';
    case 'confirm-step': {
      const placed = checksToLookAt(session, target, { chapter, step });
      const known = (await confirmed).filter((one) => one.chapter === chapter.id && one.step === step.id);
      const results = known.length > 0 ? known : await awaitChecks(session, placed, patienceOf(item));
      session.signal.throwIfAborted();
      announceChecks(session, id, results);
      if (results.every((result) => result.verdict === 'pass')) return 'unchanged';
      requireReason(session, { chapter, step }, results, item.drillToo);
      await runStep(session, chapter, step, id);
      return 'done';
    }
    case 'renew-step':
      await renewStep(session, { chapter, step }, findStep(session, item.by), item.nodes, id);
      return 'done';
    case 'do-step':
      // A lesson that the cluster has behind it is not held again for a node that has joined it since.
      if (item.renewed !== undefined) {
        await furnished(item.renewed, id);
        if (await holds(session, { chapter, step }, target, id)) {
          const { chapter: of, step: done } = item;
          await session.record({ kind: 'step-completed', chapter: of, step: done, fingerprint: step.fingerprint });
          return 'done';
        }
      }
      await runStep(session, chapter, step, id);
      return 'done';
  }
}

function patienceOf({ withinSeconds }: Extract<StepItem, { kind: 'confirm-step' }>): Patience {
  return withinSeconds === null ? { kind: 'own' } : { kind: 'seconds', seconds: withinSeconds };
}

function stepTitle(chapter: Chapter, step: Step): Words {
  return {
    en: chapter.words.en.steps[step.id]?.title ?? step.id,
    fr: chapter.words.fr.steps[step.id]?.title ?? step.id,
  };
}
