import { describe, expect, test } from 'vitest';
import { chapterId, nodeName } from '../../src/model/ids.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { nothingToDo, planUp } from '../../src/plan/plan-up.ts';
import { nothingYet } from '../../src/model/chapter-start.ts';
import { allPass, finished, input, kinds, observed, result, unanswered } from '../build/plan-input.ts';
import { withDrill } from '../build/workshop.ts';

const b = nodeName('b');

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

  test('a look that did not come back is no reason to do a step again: it is looked at again', () => {
    const observedSteps = new Map([...allPass(), ['chapter-1/two', [unanswered(), result('pass')]]]);
    expect(planUp({ ...finished(), observedSteps }).items[1]).toMatchObject({
      kind: 'confirm-step',
      withinSeconds: 60,
    });
    const both = new Map([...allPass(), ['chapter-1/two', [unanswered(), result('fail')]]]);
    expect(planUp({ ...finished(), observedSteps: both }).items[1]?.kind).toBe('do-step');
  });

  test('what a person may have done, and nobody could look at, is not done over it', () => {
    const base = finished();
    const steps = new Map([...base.history.steps].filter(([key]) => key !== 'chapter-1/two'));
    const history = { ...base.history, steps, starts: new Map([[chapterId(1), nothingYet]]) };
    const observedSteps = new Map([...allPass(), ['chapter-1/two', [unanswered()]]]);
    expect(kinds({ ...base, history, observedSteps })).toContain('confirm-step chapter-1/two');
  });

  test('a drill that was done is never planned again, whatever its checks say', () => {
    const base = finished();
    const workshop = withDrill(base.workshop, 'two');
    const off = (one: CheckResult) => new Map([...allPass(), ['chapter-1/two', [one]]]);
    for (const one of [result('fail'), result('unknown'), unanswered()])
      expect(kinds({ ...base, workshop, observedSteps: off(one) })).toContain('confirm-step chapter-1/two');
    const { steps: done } = base.history;
    const interrupted = new Map([...done, ['chapter-1/two', { state: 'interrupted', fingerprint: 'two-1' } as const]]);
    expect(kinds({ ...base, workshop, history: { ...base.history, steps: interrupted } })).toContain(
      'do-step chapter-1/two',
    );
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
