// What `lab up` and `lab start` will do and why. PURE: no I/O, no clock, no randomness.

import { type ChapterId, type NodeName, type StepId } from '../model/ids.ts';
import { nodesChangedBy, nodesUpTo } from '../model/chapters-up-to.ts';
import { stepKey } from '../model/lab-history.ts';
import { replacedSteps, type StepPlace } from '../model/replaced-steps.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Chapter, type NodeDefinition, type Step } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';
import { type PlanUpInput } from './plan-input.ts';
import { asRestored, chaptersToDo, endToRestore, restoreItem } from './restore-end.ts';

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
  const replaced = replacedSteps(input.workshop, input.history);
  const items: PlanItem[] = [];
  for (const chapter of chaptersToDo(input)) {
    for (const step of chapter.steps) {
      const disturbed = items.some((item) => item.kind === 'do-step' || item.kind === 'renew-step');
      const replacing = replaced.get(stepKey(chapter.id, step.id));
      if (replacing === undefined) items.push(stepItem(input, chapter, step, disturbed));
      else items.push(replacedItem(input, { chapter, step }, replacing, items));
    }
  }
  return items;
}

/** `before`: the items of the steps before it. */
function replacedItem(
  input: PlanUpInput,
  { chapter, step }: StepPlace,
  replacing: StepPlace,
  before: readonly PlanItem[],
): PlanItem {
  const place = { chapter: chapter.id, step: step.id };
  const key = stepKey(replacing.chapter.id, replacing.step.id);
  const replacingDone = input.history.steps.get(key)?.state === 'completed';
  const by = replacingDone ? { chapter: replacing.chapter.id, step: replacing.step.id } : place;
  const nodes = newNodesOf(input, chapter, step);
  const renewed = before.flatMap((item) =>
    item.kind === 'renew-step' && stepKey(item.by.chapter, item.by.step) === key ? item.nodes : [],
  );
  const [node] = nodes.filter((name) => !renewed.includes(name));
  if (node === undefined) {
    return { kind: 'keep-step', ...place, reason: words(`replaced by ${key}`, `remplacée par ${key}`) };
  }
  return { kind: 'renew-step', ...place, by, nodes, reason: isNew(node) };
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
  const renewed = newNodesOf(input, chapter, step);
  const [node] = renewed;
  if (node !== undefined) return { kind: 'do-step', ...place, renewed, reason: isNew(node) };
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
    const waits = off === undefined || isDrill(input, step);
    // Of a chapter before it, the cluster has the lesson behind it (decision 0055).
    const drillToo = chapter.id === input.target ? { drillToo: true as const } : {};
    return { kind: 'confirm-step', ...place, withinSeconds: waits ? null : stillOffSeconds, ...drillToo, reason };
  }
  if (off !== undefined) return whereOff(input, step, place, observed);
  return {
    kind: 'keep-step',
    ...place,
    reason: words('done, and its checks pass', 'faite, et ses vérifications passent'),
  };
}

/** Done again is only what was seen to be wrong, and no drill. */
function whereOff(
  input: PlanUpInput,
  step: Step,
  place: { readonly chapter: ChapterId; readonly step: StepId },
  observed: readonly CheckResult[],
): PlanItem {
  const wrong = observed.find((result) => result.verdict !== 'pass' && result.unanswered !== true);
  if (wrong === undefined) {
    const reason = words('done before; a look did not come back', "déjà faite ; un regard n'est pas revenu");
    return { kind: 'confirm-step', ...place, withinSeconds: afterStartSeconds, reason };
  }
  if (!isDrill(input, step)) return { kind: 'do-step', ...place, reason: noLongerSo(wrong) };
  return { kind: 'confirm-step', ...place, withinSeconds: null, reason: noLongerSo(wrong) };
}

function isDrill({ drills }: PlanUpInput, step: Step): boolean {
  return step.actions.some(({ kind }) => drills.has(kind));
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
  return null;
}

function isNew(node: NodeName): Words {
  return words(`${node} is new`, `${node} est nouveau`);
}

/** Of the nodes that the step changes: those to be made, and those made since it was done. */
function newNodesOf(input: PlanUpInput, chapter: Chapter, step: Step): readonly NodeName[] {
  const newer = input.history.steps.get(stepKey(chapter.id, step.id))?.newer ?? [];
  const coming = newNodes(input);
  return nodesChangedBy(input.workshop, chapter, step).filter((name) => coming.has(name) || newer.includes(name));
}

/** In a chapter that was begun, what a person did counts as done once its checks pass; what did not come back says nothing. */
function doneByHand({ history, observedSteps }: PlanUpInput, chapter: Chapter, step: Step): boolean {
  const observed = observedSteps.get(stepKey(chapter.id, step.id)) ?? [];
  return (
    history.starts.has(chapter.id) &&
    observed.length > 0 &&
    observed.every(({ verdict, unanswered }) => verdict === 'pass' || unanswered === true)
  );
}
