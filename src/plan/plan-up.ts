// What `lab up` and `lab start` will do and why. PURE: no I/O, no clock, no randomness.

import { type ChapterId, type NodeName } from '../model/ids.ts';
import { chaptersUpTo, nodesChangedBy, nodesUpTo } from '../model/chapters-up-to.ts';
import { type LabHistory, stepKey, type StepRecord } from '../model/lab-history.ts';
import { type LabObservation, type NodeState } from '../model/observation.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Chapter, type NodeDefinition, type Step, type Workshop } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';

export interface PlanUpInput {
  readonly workshop: Workshop;
  readonly target: ChapterId;
  /** `end`: every step of the target is done. `beginning`: its nodes are there, and the chapters before it are done. */
  readonly to: 'beginning' | 'end';
  /** Chapters whose end is kept as a checkpoint, in their order. */
  readonly chapterEnds: readonly ChapterId[];
  readonly history: LabHistory;
  readonly observation: LabObservation;
  readonly imagesReady: boolean;
  /** The checks of completed steps as they came out just now, by `stepKey`; steps that could not be looked at are missing. */
  readonly observedSteps: ReadonlyMap<string, readonly CheckResult[]>;
}

export function planUp(input: PlanUpInput): Plan {
  const end = endToRestore(input);
  const from = end === null ? input : asRestored(input, end);
  return {
    chapter: input.target,
    to: input.to,
    items: [
      ...imageItems(input),
      ...networkItems(input),
      ...(end === null ? [] : [restoreItem(end)]),
      ...nodesUpTo(input.workshop, input.target).flatMap((node) => nodeItems(from, node)),
      ...stepItems(from),
    ],
  };
}

/** The latest end of a chapter on the way, when the lab has no node that it would replace. */
function endToRestore(input: PlanUpInput): ChapterId | null {
  if ([...input.observation.nodes.values()].some((state) => state !== 'absent')) return null;
  const ends = chaptersToDo(input).filter(({ id }) => input.chapterEnds.includes(id));
  return ends.at(-1)?.id ?? null;
}

function restoreItem(chapter: ChapterId): PlanItem {
  const reason = words(
    `the lab has no nodes, and the end of ${chapter} is kept`,
    `le lab n'a pas de nœuds, et la fin de ${chapter} est conservée`,
  );
  return { kind: 'restore-checkpoint', chapter, reason };
}

/** What will be there once the end of that chapter is restored. */
function asRestored(input: PlanUpInput, end: ChapterId): PlanUpInput {
  const done = chaptersUpTo(input.workshop, end).flatMap((chapter) =>
    chapter.steps.map((step): [string, StepRecord] => [
      stepKey(chapter.id, step.id),
      { state: 'completed', fingerprint: step.fingerprint },
    ]),
  );
  const there = new Set(nodesUpTo(input.workshop, end).map(({ name }) => name));
  const nodes = input.workshop.nodes.map(({ name }): [NodeName, NodeState] => [
    name,
    there.has(name) ? 'stopped' : 'absent',
  ]);
  return {
    ...input,
    history: { ...input.history, steps: new Map(done), unfinishedNodes: new Set() },
    observation: { ...input.observation, nodes: new Map(nodes) },
    observedSteps: new Map(),
  };
}

/** The chapters whose steps have to be done. */
function chaptersToDo({ workshop, target, to }: PlanUpInput): readonly Chapter[] {
  const chapters = chaptersUpTo(workshop, target);
  return to === 'end' ? chapters : chapters.slice(0, -1);
}

/** A plan that changes nothing. */
export function nothingToDo(plan: Plan): boolean {
  return plan.items.every((item) => item.kind === 'keep-step');
}

function imageItems(input: PlanUpInput): readonly PlanItem[] {
  if (input.imagesReady || newNodes(input).size === 0) return [];
  return [
    {
      kind: 'prepare-images',
      reason: words(
        'this edition was not prepared on this machine',
        "cette édition n'a pas encore été préparée sur cette machine",
      ),
    },
  ];
}

function networkItems(input: PlanUpInput): readonly PlanItem[] {
  if (input.observation.network === 'present') return [];
  return [{ kind: 'create-network', reason: words('the lab has no network', "le lab n'a pas de réseau") }];
}

function nodeItems(input: PlanUpInput, node: NodeDefinition): readonly PlanItem[] {
  const { name } = node;
  const networkGone = input.observation.network !== 'present';
  const start = (reason: Words): PlanItem => ({ kind: 'start-node', node: name, reason });
  switch (newNodes(input).has(name) ? 'absent' : (input.observation.nodes.get(name) ?? 'absent')) {
    case 'absent': {
      const reason = input.history.unfinishedNodes.has(name)
        ? words('its creation was cut off', 'sa création a été interrompue')
        : words('it does not exist', "il n'existe pas");
      return [
        { kind: 'create-node', node: name, image: imageFor(input, node), reason },
        start(words('it is new', 'il est nouveau')),
      ];
    }
    case 'stopped':
      return [start(words('it is stopped', 'il est arrêté'))];
    case 'frozen':
      return [{ kind: 'thaw-node', node: name, reason: words('it is frozen', 'il est gelé') }];
    case 'running':
      // Its veth went with the old network: only a restart connects it to the new one.
      return networkGone
        ? [{ kind: 'restart-node', node: name, reason: words('its network is gone', 'son réseau a disparu') }]
        : [];
  }
}

/** At the beginning of a chapter its own nodes are bare: what it installs, the person installs. */
function imageFor({ workshop, target, to }: PlanUpInput, node: NodeDefinition): string {
  const begun = to === 'beginning' ? workshop.chapters.find(({ id }) => id === target) : undefined;
  if (begun?.nodes.includes(node.name) !== true) return node.image;
  return workshop.images.find(({ on }) => on === undefined)?.name ?? node.image;
}

function newNodes(input: PlanUpInput): ReadonlySet<NodeName> {
  const absent = nodesUpTo(input.workshop, input.target).filter(
    ({ name }) =>
      input.history.unfinishedNodes.has(name) || (input.observation.nodes.get(name) ?? 'absent') === 'absent',
  );
  return new Set(absent.map(({ name }) => name));
}

function stepItems(input: PlanUpInput): readonly PlanItem[] {
  const items: PlanItem[] = [];
  for (const chapter of chaptersToDo(input)) {
    for (const step of chapter.steps) {
      const disturbed = items.some((item) => item.kind === 'do-step');
      items.push(stepItem(input, chapter, step, disturbed));
    }
  }
  return items;
}

/** Seconds that a step done before gets to come true again by itself after its nodes were started. */
const afterStartSeconds = 60;

/** Seconds that a step that was off gets once the steps before it are done again: mended with them, or not. */
const stillOffSeconds = 3;

/** `disturbed`: a step before it is done again, which may undo this one, or mend what is wrong with it. */
function stepItem(input: PlanUpInput, chapter: Chapter, step: Step, disturbed: boolean): PlanItem {
  const place = { chapter: chapter.id, step: step.id };
  const again = reasonToDo(input, chapter, step);
  if (again !== null) return { kind: 'do-step', ...place, reason: again };
  const observed = input.observedSteps.get(stepKey(chapter.id, step.id));
  if (observed === undefined) {
    const reason = words('done before; its nodes were not running', "déjà faite ; ses nœuds n'étaient pas en marche");
    return { kind: 'confirm-step', ...place, withinSeconds: afterStartSeconds, reason };
  }
  const off = observed.find((result) => result.verdict !== 'pass');
  if (disturbed) {
    const reason = words(
      'done before; a step before it is done again',
      'déjà faite ; une étape précédente est refaite',
    );
    return { kind: 'confirm-step', ...place, withinSeconds: off === undefined ? null : stillOffSeconds, reason };
  }
  if (off !== undefined) return { kind: 'do-step', ...place, reason: noLongerSo(off) };
  return {
    kind: 'keep-step',
    ...place,
    reason: words('done, and its checks pass', 'faite, et ses vérifications passent'),
  };
}

function noLongerSo({ title, seen }: CheckResult): Words {
  return words(
    `done before, but no longer so: ${title.en}: ${seen.en}`,
    `déjà faite, mais ce n'est plus le cas : ${title.fr} : ${seen.fr}`,
  );
}

function reasonToDo(input: PlanUpInput, chapter: Chapter, step: Step): Words | null {
  const record = input.history.steps.get(stepKey(chapter.id, step.id));
  if (record === undefined) return doneByHand(input, chapter, step) ? null : words('not done yet', 'pas encore faite');
  if (record.state === 'interrupted') return words('it was interrupted', 'elle a été interrompue');
  if (record.state === 'failed') return words('it failed the last time', 'elle a échoué la dernière fois');
  if (record.fingerprint !== step.fingerprint) return words('its definition has changed', 'sa définition a changé');
  const renewed = newNodes(input);
  const node = nodesChangedBy(input.workshop, chapter, step).find((name) => renewed.has(name));
  return node === undefined ? null : words(`${node} is new`, `${node} est nouveau`);
}

/** In a chapter that was begun, what a person did counts as done once its checks pass. */
function doneByHand({ history, observedSteps }: PlanUpInput, chapter: Chapter, step: Step): boolean {
  const observed = observedSteps.get(stepKey(chapter.id, step.id)) ?? [];
  return history.starts.has(chapter.id) && observed.length > 0 && observed.every(({ verdict }) => verdict === 'pass');
}
