import { type ChapterId } from '../model/ids.ts';
import { type LabHistory } from '../model/lab-history.ts';
import { type LabObservation } from '../model/observation.ts';
import { type Plan } from '../model/plan.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Workshop } from '../model/workshop.ts';

/** Everything that a plan is made from. */
export interface PlanUpInput {
  readonly workshop: Workshop;
  readonly target: ChapterId;
  /** `end`: every step of the target is done. `beginning`: its nodes are there, and the chapters before it are done. */
  readonly to: Plan['to'];
  /** Chapters whose end is kept as a checkpoint, in their order. */
  readonly chapterEnds: readonly ChapterId[];
  readonly history: LabHistory;
  readonly observation: LabObservation;
  readonly imagesReady: boolean;
  /** Kinds of actions that are drills. */
  readonly drills: ReadonlySet<string>;
  /** The checks of completed steps as they came out just now, by `stepKey`; steps that could not be looked at are missing. */
  readonly observedSteps: ReadonlyMap<string, readonly CheckResult[]>;
}
