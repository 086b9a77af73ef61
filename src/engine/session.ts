import { type LabName } from '../model/ids.ts';
import { type Announce } from '../model/events.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { type AnyActionKind } from '../actions/kind.ts';
import { type CheckKinds } from '../checks/run-check.ts';
import { createReach } from '../probes/create-reach.ts';
import { type Reach } from '../probes/reach.ts';
import { type JournalFact } from '../model/journal-fact.ts';
import { type LabHistory } from '../model/lab-history.ts';
import { type CheckpointFacts, type CopyInto } from '../checkpoints/make-checkpoint.ts';
import { type Checkpoint } from '../model/checkpoint.ts';
import { type NodeCopies } from '../provider/node-copies.ts';
import { type ChapterEnds } from '../checkpoints/kept-ends.ts';
import { type Authorities } from '../pki/authority.ts';
import { type Provider } from '../provider/provider.ts';

/** What one command that works on a lab has in hand. Made in main.ts. */
export interface LabSession {
  readonly lab: LabName;
  readonly workshop: Workshop;
  readonly edition: Edition;
  readonly provider: Provider;
  readonly actionKinds: ReadonlyMap<string, AnyActionKind>;
  readonly checkKinds: CheckKinds;
  /** What the journal says now; it grows as the run goes on. */
  readonly history: LabHistory;
  /** Intent before the effect, outcome after; comes back once it is on the disk. */
  readonly record: (fact: JournalFact) => Promise<void>;
  /** A person has a shell in the lab, or a command at work there. */
  readonly isVisited: () => Promise<boolean>;
  readonly images: ImagesOfEdition;
  readonly copies: NodeCopies;
  readonly chapterEnds: ChapterEnds;
  /** The lab's own, as of `lab save`. */
  readonly ownCheckpoints: OwnCheckpoints;
  readonly authorities: () => Promise<Authorities>;
  /** Starts the process of the writing clients. */
  readonly ledgerClient: readonly string[];
  readonly announce: Announce;
  /** Ended when the person interrupts. */
  readonly signal: AbortSignal;
}

export interface OwnCheckpoints {
  names(): Promise<readonly string[]>;
  store(name: string, facts: CheckpointFacts, copyInto: CopyInto): Promise<Checkpoint>;
  now(): Date;
}

export interface ImagesOfEdition {
  isPrepared(): Promise<boolean>;
  /** `onImage` hears the name of each image as soon as it is there. */
  prepare(onImage: (name: string) => void): Promise<void>;
}

/** A fresh look at the lab, for probes. */
export async function look(session: LookSession): Promise<Reach> {
  const { starts, faults } = session.history;
  const faulted = new Set(faults.flatMap(({ nodes }) => nodes));
  return createReach({ ...session, chapterStarts: starts, faulted }, await session.provider.observe());
}

export type LookSession = Pick<LabSession, 'workshop' | 'edition' | 'provider' | 'signal'> & {
  readonly history: Pick<LabHistory, 'starts' | 'faults'>;
};
