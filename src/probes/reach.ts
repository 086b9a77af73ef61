import { type CommandOptions, type CommandResult, type NodeCommandOptions } from '../model/command.ts';
import { type ChapterStart } from '../model/chapter-start.ts';
import { type ChapterId, type NodeName } from '../model/ids.ts';
import { type LabObservation } from '../model/observation.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { type Words } from '../model/words.ts';

/**
 * What probes have of a lab for one look at it. Within one look the same command on the same node is run once,
 * however many checks ask for it; a new attempt takes a new Reach. Probes read and never change.
 */
export interface Reach {
  readonly workshop: Workshop;
  readonly edition: Edition;
  /** The nodes' states when the look began. */
  readonly observation: LabObservation;
  /** How the cluster was when each chapter began. */
  readonly chapterStarts: ReadonlyMap<ChapterId, ChapterStart>;
  /** Nodes that a fault of lab's own hits: it is not for them to be mended by hand. */
  readonly faulted?: ReadonlySet<NodeName>;
  /** As root in the node. Only for nodes that are running. */
  exec(
    node: NodeName,
    argv: readonly string[],
    options?: Pick<NodeCommandOptions, 'input' | 'timeoutSeconds' | 'maxBytes' | 'fromAnywhere'>,
  ): Promise<CommandResult>;
  /** The same nodes, and nothing remembered: for whoever has to look at the same a second time. */
  anew(): Reach;
  /** A program of this machine (curl) inside the lab's network. */
  execOnNetwork(
    argv: readonly string[],
    options?: Pick<CommandOptions, 'input' | 'timeoutSeconds' | 'maxBytes'>,
  ): Promise<CommandResult>;
}

/** `unseen` becomes the verdict `unknown`: the observation itself did not work. */
export type Observed<T> =
  { readonly kind: 'seen'; readonly value: T } | { readonly kind: 'unseen'; readonly why: Words };

export function seen<T>(value: T): Observed<T> {
  return { kind: 'seen', value };
}

export function unseen(why: Words): Observed<never> {
  return { kind: 'unseen', why };
}
