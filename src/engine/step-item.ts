import { type PlanItem } from '../model/plan.ts';
import { type StepPlace } from '../model/replaced-steps.ts';
import { type LabSession } from './session.ts';

export type StepItem = Extract<PlanItem, { kind: 'do-step' | 'renew-step' | 'confirm-step' | 'keep-step' }>;

export function findStep({ workshop }: LabSession, item: Pick<StepItem, 'chapter' | 'step'>): StepPlace {
  const chapter = workshop.chapters.find((one) => one.id === item.chapter);
  const step = chapter?.steps.find((one) => one.id === item.step);
  if (chapter === undefined || step === undefined)
    throw new Error(`no step ${item.chapter}/${item.step} in the workshop`);
  return { chapter, step };
}
