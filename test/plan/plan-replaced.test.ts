import { describe, expect, test } from 'vitest';
import { nothingYet } from '../../src/model/chapter-start.ts';
import { chapterId, nodeName } from '../../src/model/ids.ts';
import { type StepRecord } from '../../src/model/lab-history.ts';
import { type PlanItem } from '../../src/model/plan.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { type PlanUpInput } from '../../src/plan/plan-input.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { allPass, finished, kinds, observed, result } from '../build/plan-input.ts';
import { testWorkshop } from '../build/workshop.ts';

/** A finished lab in whose workshop `three` replaces `two`. */
function replacing(): PlanUpInput {
  const workshop = testWorkshop();
  const chapters = workshop.chapters.map((chapter) => ({
    ...chapter,
    steps: chapter.steps.map((step) => (step.id === 'three' ? { ...step, replaces: ['chapter-1/two'] } : step)),
  }));
  return { ...finished(), workshop: { ...workshop, chapters } };
}

function withRecord(from: PlanUpInput, key: string, record: StepRecord | undefined): PlanUpInput {
  const others = [...from.history.steps].filter(([one]) => one !== key);
  const steps = new Map([...others, ...(record ? [[key, record] as const] : [])]);
  return { ...from, history: { ...from.history, steps } };
}

function seen(key: string, results: readonly CheckResult[]): Map<string, readonly CheckResult[]> {
  return new Map([...allPass(), [key, results]]);
}

function itemOfTwo(from: PlanUpInput): PlanItem | undefined {
  return planUp(from).items.find((item) => 'step' in item && item.step === 'two');
}

describe('planUp where a later step replaced an earlier one', () => {
  const aIsGone = observed('present', 'absent', 'running');
  const notDone = withRecord(replacing(), 'chapter-2/three', undefined);
  const begun = { ...notDone, history: { ...notDone.history, starts: new Map([[chapterId(2), nothingYet]]) } };

  test('it is neither looked at nor done again, from the moment that the later chapter has begun', () => {
    const observedSteps = seen('chapter-1/two', [result('fail')]);
    expect(kinds({ ...replacing(), observedSteps })).toContain('keep-step chapter-1/two');
    expect(kinds({ ...notDone, observedSteps })).toContain('do-step chapter-1/two');
    expect(kinds({ ...begun, observedSteps })).toContain('keep-step chapter-1/two');
  });

  test('a node that is made again gets what replaced it, and that step has its turn later', () => {
    expect(kinds({ ...replacing(), observation: aIsGone })).toEqual([
      'create-node a',
      'start-node a',
      'do-step chapter-1/one',
      'renew-step chapter-1/two',
      'confirm-step chapter-2/three',
    ]);
    const by = { chapter: 'chapter-2', step: 'three' };
    expect(itemOfTwo({ ...replacing(), observation: aIsGone })).toMatchObject({ by, nodes: ['a'] });
  });

  test('while what replaces it is not done yet, the node gets the step itself', () => {
    const by = { chapter: 'chapter-1', step: 'two' };
    expect(itemOfTwo({ ...begun, observation: aIsGone })).toMatchObject({ kind: 'renew-step', by, nodes: ['a'] });
  });

  test('made again and cut off before it came to that, or while it did', () => {
    for (const state of ['completed', 'interrupted', 'failed'] as const) {
      const cutOff = withRecord(replacing(), 'chapter-1/two', { state, fingerprint: 'two-1', newer: [nodeName('a')] });
      expect(itemOfTwo(cutOff)).toMatchObject({ kind: 'renew-step', nodes: ['a'] });
    }
  });

  test('what is wrong with what replaced it is for that step itself', () => {
    const observedSteps = seen('chapter-2/three', [result('fail')]);
    expect(kinds({ ...replacing(), observedSteps })).toEqual([
      'keep-step chapter-1/one',
      'keep-step chapter-1/two',
      'do-step chapter-2/three',
    ]);
  });

  test('two steps that the same one replaced are done in its form once', () => {
    const { workshop } = replacing();
    const chapters = workshop.chapters.map((chapter) => ({
      ...chapter,
      steps: chapter.steps.map((step) =>
        step.id === 'three' ? { ...step, replaces: ['chapter-1/one', 'chapter-1/two'] } : step,
      ),
    }));
    const both = { ...replacing(), workshop: { ...workshop, chapters }, observation: aIsGone };
    expect(kinds(both).slice(2)).toEqual([
      'renew-step chapter-1/one',
      'keep-step chapter-1/two',
      'confirm-step chapter-2/three',
    ]);
  });
});
