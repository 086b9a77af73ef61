// What the planner's tests begin with: a lab of two nodes, new or finished.

import { chapterId, checkId, nodeName, stepId } from '../../src/model/ids.ts';
import { emptyHistory, type LabHistory, type StepRecord } from '../../src/model/lab-history.ts';
import { type LabObservation, type NodeState } from '../../src/model/observation.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { verbatim } from '../../src/model/words.ts';
import { type PlanUpInput } from '../../src/plan/plan-input.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { testWorkshop } from './workshop.ts';

const a = nodeName('a');
const b = nodeName('b');

export function kinds(from: PlanUpInput): string[] {
  return planUp(from).items.map((item) => {
    if ('step' in item) return `${item.kind} ${item.chapter}/${item.step}`;
    if ('chapter' in item) return `${item.kind} ${item.chapter}`;
    return 'node' in item ? `${item.kind} ${item.node}` : item.kind;
  });
}

export function input(change: Partial<PlanUpInput>): PlanUpInput {
  return {
    workshop: testWorkshop(),
    target: chapterId(2),
    to: 'end',
    chapterEnds: [],
    history: emptyHistory,
    observation: observed('absent', 'absent', 'absent'),
    imagesReady: true,
    drills: new Set(['drill']),
    observedSteps: new Map(),
    ...change,
  };
}

export function finished(): PlanUpInput {
  const record = (id: string): [string, StepRecord] => [
    `chapter-${id === 'three' ? '2' : '1'}/${id}`,
    { state: 'completed', fingerprint: `${id}-1` },
  ];
  const history: LabHistory = {
    ...emptyHistory,
    edition: testWorkshop().defaultEdition,
    chapter: { id: chapterId(2), state: 'done' },
    steps: new Map(['one', 'two', 'three'].map(record)),
    unfinishedNodes: new Set(),
  };
  return input({ history, observation: observed('present', 'running', 'running'), observedSteps: allPass() });
}

export function allPass(): Map<string, readonly CheckResult[]> {
  return new Map(['chapter-1/one', 'chapter-1/two', 'chapter-2/three'].map((key) => [key, [result('pass')]]));
}

export function observed(network: LabObservation['network'], stateOfA: NodeState, stateOfB: NodeState): LabObservation {
  return {
    network,
    nodes: new Map([
      [a, stateOfA],
      [b, stateOfB],
    ]),
  };
}

/** A look that did not come back. */
export function unanswered(): CheckResult {
  return { ...result('unknown'), unanswered: true };
}

export function result(verdict: CheckResult['verdict']): CheckResult {
  return {
    id: checkId('two-holds'),
    chapter: chapterId(1),
    step: stepId('two'),
    node: a,
    title: verbatim('two-holds'),
    verdict,
    expected: verbatim('two'),
    seen: verbatim('nothing there'),
    cause: null,
    hint: null,
    command: 'cat /two',
    attempts: 1,
    seconds: 0,
  };
}
