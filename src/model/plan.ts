import { type ChapterId, type NodeName, type StepId } from './ids.ts';
import { type Words } from './words.ts';

/** What `lab up` or `lab start` will do and why: images, network and nodes (side by side), then the steps in their order. */
export interface Plan {
  readonly chapter: ChapterId;
  readonly to: 'beginning' | 'end';
  readonly items: readonly PlanItem[];
}

export type PlanItem = { readonly reason: Words } & (
  | { readonly kind: 'prepare-images' }
  | { readonly kind: 'create-network' }
  /** The lab's nodes become those of the end of that chapter, stopped. */
  | { readonly kind: 'restore-checkpoint'; readonly chapter: ChapterId }
  | { readonly kind: 'create-node'; readonly node: NodeName; readonly image: string }
  | { readonly kind: 'start-node'; readonly node: NodeName }
  /** Stopped and started, to be on a network that is new. */
  | { readonly kind: 'restart-node'; readonly node: NodeName }
  | { readonly kind: 'thaw-node'; readonly node: NodeName }
  /**
   * Do the step's actions, then wait for its checks. `renewed`: done before, and these of its nodes are new. They get
   * what furnishes a node, and the rest is done only if the step's checks don't pass then, at one look.
   */
  | {
      readonly kind: 'do-step';
      readonly chapter: ChapterId;
      readonly step: StepId;
      readonly renewed?: readonly NodeName[];
    }
  /**
   * A step that a later one replaced, where its work is missing, as on a new node: the actions of `by` on `nodes` alone.
   * What comes of it the checks of `by` say, in their turn. `by` is the step itself while the other one is not done.
   */
  | {
      readonly kind: 'renew-step';
      readonly chapter: ChapterId;
      readonly step: StepId;
      readonly by: { readonly chapter: ChapterId; readonly step: StepId };
      readonly nodes: readonly NodeName[];
    }
  /**
   * Completed before, but its nodes were stopped, or a step before it is done again: look at its checks and do it again
   * only if they don't come true, and it is no drill. `withinSeconds`: how long they get; null = each check's own deadline.
   * `drillToo`: what it is about was made anew before it, so that a drill is held again as well.
   */
  | {
      readonly kind: 'confirm-step';
      readonly chapter: ChapterId;
      readonly step: StepId;
      readonly withinSeconds: number | null;
      readonly drillToo?: true;
    }
  /** Completed and observed to hold: nothing to do. */
  | { readonly kind: 'keep-step'; readonly chapter: ChapterId; readonly step: StepId }
);
