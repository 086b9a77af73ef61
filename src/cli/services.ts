import { type Command } from 'commander';
import { type AttachProgram, type RunProgram } from '../model/command.ts';
import { type Announce } from '../model/events.ts';
import { type ExitStatus } from '../model/errors.ts';
import { type HostFinding } from '../model/host-finding.ts';
import { type EditionName, type LabName } from '../model/ids.ts';
import { type Workshop } from '../model/workshop.ts';
import { type Prunable } from '../model/prunable.ts';
import { type Language, type Words } from '../model/words.ts';
import { type ChapterEnds } from '../checkpoints/kept-ends.ts';
import { type NodeCopies } from '../provider/node-copies.ts';
import { type Authorities } from '../pki/authority.ts';
import { type Provider } from '../provider/provider.ts';
import { type GuardedStream } from '../ui/guard-stream.ts';
import { type Invocation } from './invocation.ts';

export interface Program {
  readonly version: string;
  /** Absolute: the folder that holds dist/ and labs/. */
  readonly directory: string;
  /** The program with its help, for who wants to read it; it runs nothing. */
  readonly describedIn: (language: Language, write: (text: string) => void) => Command;
}

/** What the verbs have of the world; main.ts alone knows where it comes from. */
export interface World {
  readonly stdout: GuardedStream;
  readonly stderr: GuardedStream;
  readonly colour: boolean;
  readonly program: Program;
  /** Ended at the first Ctrl-C, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  now(): Date;
  services(invocation: Invocation): Promise<Services>;
}

export interface Services {
  readonly run: RunProgram;
  readonly attach: AttachProgram;
  /** A person reads it on this terminal, from this line on. False: there is no program to read it with. */
  showPaged(text: string, line: number): Promise<boolean>;
  /** The program and arguments that start the process of the writing clients. */
  readonly ledgerClient: readonly string[];
  loadWorkshop(): Promise<Workshop>;
  provider(lab: LabName, workshop: Workshop): Provider;
  nodeCopies(lab: LabName, workshop: Workshop): NodeCopies;
  images(workshop: Workshop): Images;
  chapterEnds(workshop: Workshop, edition: EditionName): ChapterEnds;
  /** Reads what makes certificates, which no other verb needs. */
  authorities(lab: LabName): Promise<Authorities>;
  examineHost(): Promise<readonly HostFinding[]>;
  /** Sets what can be set and says what it changed; throws a LabError (exit status 4) when this host can't run labs. */
  prepareHost(): Promise<readonly Words[]>;
  /** Nothing that a lab of the home could need is removed until it is released; waits for who is removing. */
  enterHome(signal: AbortSignal): Promise<{ release(): Promise<void> }>;
  /** No lab is changed and no image is built until it is released. Throws `home-in-use` (exit status 5). */
  haveHomeAlone(): Promise<{ release(): Promise<void> }>;
  /** Layers, pools and builds that nothing stands on; `going`: paths that don't count. */
  unneededImages(workshop: Workshop, going: ReadonlySet<string>): Promise<readonly Prunable[]>;
  /** A person is in the lab while `work` runs. */
  whileVisited<T>(lab: LabName, work: () => Promise<T>): Promise<T>;
  isVisited(lab: LabName): Promise<boolean>;
  /** Comes back once no node is being stopped by a command that was killed; `onWaiting` hears of one that is. */
  stopsEnded(lab: LabName, signal: AbortSignal, onWaiting: () => void): Promise<void>;
  /** Throws a LabError (exit status 5) that names the process when another command has it. */
  lock(file: string): Promise<{ release(): Promise<void> }>;
}

export interface Images {
  isPrepared(edition: EditionName): Promise<boolean>;
  /** Directories, topmost first. Throws when the image isn't built. */
  layersOf(edition: EditionName, image: string): Promise<readonly string[]>;
  prepare(
    edition: EditionName,
    options: {
      readonly announce: Announce;
      readonly signal: AbortSignal;
      readonly mirror?: string;
      readonly onImage?: (name: string) => void;
    },
  ): Promise<void>;
}

export type Verb<Arguments extends readonly unknown[]> = (
  world: World,
  invocation: Invocation,
  ...args: Arguments
) => Promise<ExitStatus>;
