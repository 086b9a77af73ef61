import { describe, expect, test } from 'vitest';
import { nothingYet } from '../../src/model/chapter-start.ts';
import { chapterId } from '../../src/model/ids.ts';
import { type LabHistory } from '../../src/model/lab-history.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { allPass, finished, input, kinds, observed, result } from '../build/plan-input.ts';
import { testWorkshop } from '../build/workshop.ts';

describe('planUp with checkpoints, and to the beginning of a chapter', () => {
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
    const begun = new Map([[chapterId(2), nothingYet]]);
    const byHand = (history: Partial<LabHistory>, observedSteps = allPass()): string | undefined =>
      kinds({ ...done, observedSteps, history: { ...done.history, steps, ...history } }).at(-1);
    expect(byHand({ starts: begun })).toBe('keep-step chapter-2/three');
    expect(byHand({})).toBe('do-step chapter-2/three');
    const failing = new Map([...allPass(), ['chapter-2/three', [result('fail')]]] as [string, CheckResult[]][]);
    expect(byHand({ starts: begun }, failing)).toBe('do-step chapter-2/three');
  });
});
