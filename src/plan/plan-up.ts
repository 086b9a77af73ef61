// What `lab up` will do and why. PURE: no I/O, no clock, no randomness.

import { type ChapterId, type NodeName } from '../model/ids.ts';
import { chaptersUpTo, nodesChangedBy, nodesUpTo } from '../model/chapters-up-to.ts';
import { type LabHistory, stepKey } from '../model/lab-history.ts';
import { type LabObservation } from '../model/observation.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Chapter, type NodeDefinition, type Step, type Workshop } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';

export interface PlanUpInput {
  readonly workshop: Workshop;
  readonly target: ChapterId;
  readonly history: LabHistory;
  readonly observation: LabObservation;
  readonly imagesReady: boolean;
  /** The checks of completed steps as they came out just now, by `stepKey`; steps that could not be looked at are missing. */
  readonly observedSteps: ReadonlyMap<string, readonly CheckResult[]>;
}

export function planUp(input: PlanUpInput): Plan {
  return {
    chapter: input.target,
    items: [
      ...imageItems(input),
      ...networkItems(input),
      ...nodesUpTo(input.workshop, input.target).flatMap((node) => nodeItems(input, node)),
      ...stepItems(input),
    ],
  };
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
        { kind: 'create-node', node: name, image: node.image, reason },
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

function newNodes(input: PlanUpInput): ReadonlySet<NodeName> {
  const absent = nodesUpTo(input.workshop, input.target).filter(
    ({ name }) =>
      input.history.unfinishedNodes.has(name) || (input.observation.nodes.get(name) ?? 'absent') === 'absent',
  );
  return new Set(absent.map(({ name }) => name));
}

function stepItems(input: PlanUpInput): readonly PlanItem[] {
  const items: PlanItem[] = [];
  for (const chapter of chaptersUpTo(input.workshop, input.target)) {
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
  if (record === undefined) return words('not done yet', 'pas encore faite');
  if (record.state === 'interrupted') return words('it was interrupted', 'elle a été interrompue');
  if (record.state === 'failed') return words('it failed the last time', 'elle a échoué la dernière fois');
  if (record.fingerprint !== step.fingerprint) return words('its definition has changed', 'sa définition a changé');
  const renewed = newNodes(input);
  const node = nodesChangedBy(input.workshop, chapter, step).find((name) => renewed.has(name));
  return node === undefined ? null : words(`${node} is new`, `${node} est nouveau`);
}
