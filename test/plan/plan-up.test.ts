import { describe, expect, test } from 'vitest';
import { type ChapterStart } from '../../src/model/chapter-start.ts';
import { chapterId, checkId, nodeName, stepId } from '../../src/model/ids.ts';
import { emptyHistory, type LabHistory, type StepRecord } from '../../src/model/lab-history.ts';
import { type LabObservation, type NodeState } from '../../src/model/observation.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { verbatim } from '../../src/model/words.ts';
import { nothingToDo, planUp, type PlanUpInput } from '../../src/plan/plan-up.ts';
import { testWorkshop } from '../build/workshop.ts';

const a = nodeName('a');
const b = nodeName('b');

const start: ChapterStart = {
  leader: null,
  timeline: null,
  members: [],
  etcdRevision: null,
  systemIdentifier: null,
  rows: null,
};

describe('planUp', () => {
  test('a new lab needs everything, nodes before steps', () => {
    expect(kinds(input({}))).toEqual([
      'create-network',
      'create-node a',
      'start-node a',
      'create-node b',
      'start-node b',
      'do-step chapter-1/one',
      'do-step chapter-1/two',
      'do-step chapter-2/three',
    ]);
  });

  test('images are built only when a node has to be created', () => {
    expect(kinds(input({ imagesReady: false }))[0]).toBe('prepare-images');
    expect(kinds({ ...finished(), imagesReady: false })).not.toContain('prepare-images');
  });

  test('nodes of later chapters are left alone', () => {
    expect(kinds(input({ target: chapterId(1) }))).toEqual([
      'create-network',
      'create-node a',
      'start-node a',
      'do-step chapter-1/one',
      'do-step chapter-1/two',
    ]);
  });

  test('the latest kept end on the way is restored where there is no node to lose', () => {
    const ends = [chapterId(1)];
    expect(kinds(input({ chapterEnds: ends }))).toEqual([
      'create-network',
      'restore-checkpoint chapter-1',
      'start-node a',
      'create-node b',
      'start-node b',
      'confirm-step chapter-1/one',
      'confirm-step chapter-1/two',
      'do-step chapter-2/three',
    ]);
    const both = [chapterId(1), chapterId(2)];
    expect(kinds(input({ chapterEnds: both }))).toContain('restore-checkpoint chapter-2');
    expect(kinds(input({ chapterEnds: both, target: chapterId(1) }))).toContain('restore-checkpoint chapter-1');
  });

  test('nothing is restored over a node that is there', () => {
    const observation = observed('present', 'running', 'absent');
    const plan = kinds(input({ chapterEnds: [chapterId(1)], observation }));
    expect(plan.filter((kind) => kind.startsWith('restore'))).toEqual([]);
  });

  test('to the beginning of a chapter: the chapters before it done, its own nodes bare and its steps open', () => {
    const images = [
      { name: 'base', on: undefined, packages: [], finish: [] },
      { name: 'full', on: 'base', packages: [], finish: [] },
    ];
    const workshop = testWorkshop();
    const nodes = workshop.nodes.map((node) => ({ ...node, image: 'full' }));
    const plan = planUp(input({ to: 'beginning', workshop: { ...workshop, images, nodes } }));
    expect(plan.items.flatMap((item) => (item.kind === 'create-node' ? [`${item.node} ${item.image}`] : []))).toEqual([
      'a full',
      'b base',
    ]);
    expect(plan.items.flatMap((item) => ('step' in item ? [item.step] : []))).toEqual(['one', 'two']);
    const first = planUp(input({ to: 'beginning', target: chapterId(1) }));
    expect(first.items.map((item) => item.kind)).toEqual(['create-network', 'create-node', 'start-node']);
  });

  test('what a person did in a chapter that was begun is kept once its checks pass', () => {
    const done = finished();
    const steps = new Map([...done.history.steps].filter(([key]) => key !== 'chapter-2/three'));
    const begun = new Map([[chapterId(2), start]]);
    const byHand = (history: Partial<LabHistory>, observedSteps = allPass()): string | undefined =>
      kinds({ ...done, observedSteps, history: { ...done.history, steps, ...history } }).at(-1);
    expect(byHand({ starts: begun })).toBe('keep-step chapter-2/three');
    expect(byHand({})).toBe('do-step chapter-2/three');
    const failing = new Map([...allPass(), ['chapter-2/three', [result('fail')]]] as [string, CheckResult[]][]);
    expect(byHand({ starts: begun }, failing)).toBe('do-step chapter-2/three');
  });

  test('a finished lab whose checks pass needs nothing', () => {
    const plan = planUp(finished());
    expect(nothingToDo(plan)).toBe(true);
    expect(plan.items.map((item) => item.kind)).toEqual(['keep-step', 'keep-step', 'keep-step']);
  });

  test('a step whose check no longer passes is done again, and the reason names check and sight', () => {
    const plan = planUp({ ...finished(), observedSteps: new Map([...allPass(), ['chapter-1/two', [result('fail')]]]) });
    const item = plan.items[1];
    expect(item?.kind).toBe('do-step');
    expect(item?.reason.en).toContain('two-holds');
    expect(item?.reason.en).toContain('nothing there');
  });

  test('behind a step that is done again the others are looked at before anything is done to them', () => {
    const off: [string, readonly CheckResult[]][] = [
      ['chapter-1/one', [result('fail')]],
      ['chapter-2/three', [result('fail')]],
    ];
    expect(kinds({ ...finished(), observedSteps: new Map([...allPass(), ...off]) })).toEqual([
      'do-step chapter-1/one',
      'confirm-step chapter-1/two',
      'confirm-step chapter-2/three',
    ]);
  });

  test('what could not be observed is not trusted either', () => {
    const plan = planUp({
      ...finished(),
      observedSteps: new Map([...allPass(), ['chapter-1/two', [result('unknown')]]]),
    });
    expect(plan.items[1]?.kind).toBe('do-step');
  });

  test('an interrupted, a failed and a changed step are done again', () => {
    for (const record of [
      { state: 'interrupted', fingerprint: 'two-1' },
      { state: 'failed', fingerprint: 'two-1' },
      { state: 'completed', fingerprint: 'older' },
    ] as const) {
      const base = finished();
      const steps = new Map([...base.history.steps, ['chapter-1/two', record]]);
      expect(kinds({ ...base, history: { ...base.history, steps } })).toEqual([
        'keep-step chapter-1/one',
        'do-step chapter-1/two',
        'confirm-step chapter-2/three',
      ]);
    }
  });

  test('stopped nodes are started, and their steps confirmed rather than done again', () => {
    expect(
      kinds({ ...finished(), observation: observed('absent', 'stopped', 'stopped'), observedSteps: new Map() }),
    ).toEqual([
      'create-network',
      'start-node a',
      'start-node b',
      'confirm-step chapter-1/one',
      'confirm-step chapter-1/two',
      'confirm-step chapter-2/three',
    ]);
  });

  test('a frozen node is thawed', () => {
    expect(kinds({ ...finished(), observation: observed('present', 'frozen', 'running') })).toContain('thaw-node a');
  });

  test('a running node without its network is restarted on the new one', () => {
    expect(kinds({ ...finished(), observation: observed('absent', 'running', 'running') })).toEqual(
      expect.arrayContaining(['create-network', 'restart-node a', 'restart-node b']),
    );
  });

  test('a node that was removed by hand is made again, and the steps that change it are done again', () => {
    const plan = kinds({
      ...finished(),
      observation: observed('present', 'running', 'absent'),
      observedSteps: allPass(),
    });
    expect(plan).toEqual([
      'create-node b',
      'start-node b',
      'keep-step chapter-1/one',
      'keep-step chapter-1/two',
      'do-step chapter-2/three',
    ]);
  });

  test('a node whose creation was cut off is made again although something of it is there', () => {
    const base = finished();
    expect(kinds({ ...base, history: { ...base.history, unfinishedNodes: new Set([b]) } })).toEqual(
      expect.arrayContaining(['create-node b', 'do-step chapter-2/three']),
    );
  });

  test('every item says why, in both languages', () => {
    for (const item of [...planUp(input({ imagesReady: false })).items, ...planUp(finished()).items]) {
      expect(item.reason.en).not.toBe('');
      expect(item.reason.fr).not.toBe('');
      expect(item.reason.fr).not.toBe(item.reason.en);
    }
  });
});

function kinds(from: PlanUpInput): string[] {
  return planUp(from).items.map((item) => {
    if ('step' in item) return `${item.kind} ${item.chapter}/${item.step}`;
    if ('chapter' in item) return `${item.kind} ${item.chapter}`;
    return 'node' in item ? `${item.kind} ${item.node}` : item.kind;
  });
}

function input(change: Partial<PlanUpInput>): PlanUpInput {
  return {
    workshop: testWorkshop(),
    target: chapterId(2),
    to: 'end',
    chapterEnds: [],
    history: emptyHistory,
    observation: observed('absent', 'absent', 'absent'),
    imagesReady: true,
    observedSteps: new Map(),
    ...change,
  };
}

function finished(): PlanUpInput {
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

function allPass(): Map<string, readonly CheckResult[]> {
  return new Map(['chapter-1/one', 'chapter-1/two', 'chapter-2/three'].map((key) => [key, [result('pass')]]));
}

function observed(network: LabObservation['network'], stateOfA: NodeState, stateOfB: NodeState): LabObservation {
  return {
    network,
    nodes: new Map([
      [a, stateOfA],
      [b, stateOfB],
    ]),
  };
}

function result(verdict: CheckResult['verdict']): CheckResult {
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
