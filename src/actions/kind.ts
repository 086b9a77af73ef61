import type * as z from 'zod';
import { type Chapter, type Edition, type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { type CommandOptions, type CommandResult } from '../model/command.ts';
import { type FaultName } from '../model/fault.ts';
import { type NodeName } from '../model/ids.ts';
import { type ChapterStart } from '../model/chapter-start.ts';
import { type Words } from '../model/words.ts';
import { type Authorities } from '../pki/authority.ts';
import { type Reach } from '../probes/reach.ts';

/** What an action works with. Every effect goes through `exec`, so that it is in the transcript. */
export interface ActionContext {
  readonly workshop: Workshop;
  readonly edition: Edition;
  readonly chapter: Chapter;
  /** The action's target, resolved when the step runs. */
  readonly nodes: readonly NodeDefinition[];
  /** How the cluster was when the chapter began. */
  readonly start: ChapterStart | null;
  /** Who may sign certificates here. */
  readonly authorities: () => Promise<Authorities>;
  /** Ended by an interruption. */
  readonly signal: AbortSignal;
  /** As root in a node; throws a LabError (exit status 1) when the command fails. */
  exec(
    node: NodeName,
    argv: readonly string[],
    options?: Pick<CommandOptions, 'input' | 'timeoutSeconds'>,
  ): Promise<CommandResult>;
  /** The same without the throw, for commands whose failure is an answer. */
  attempt(
    node: NodeName,
    argv: readonly string[],
    options?: Pick<CommandOptions, 'input' | 'timeoutSeconds'>,
  ): Promise<CommandResult>;
  attemptOnNetwork(
    argv: readonly string[],
    options?: Pick<CommandOptions, 'input' | 'timeoutSeconds'>,
  ): Promise<CommandResult>;
  /** Comes back once the node's systemd takes commands; thaws a frozen node. */
  startNode(node: NodeName): Promise<void>;
  /** At once, as if the power went. In the journal before its effect; `startNode` is its end. */
  killNode(node: NodeName): Promise<void>;
  /** The same. */
  freezeNode(node: NodeName): Promise<void>;
  /** Shows a person what was measured, beside what it may be at most; seconds. */
  measured(what: Words, seconds: number, boundSeconds: number | null): void;
  /** What the step is at now. */
  progress(text: Words): void;
  /**
   * To be asked before something goes that only a person could have put there: a checkpoint of a lab that somebody has had
   * in hand, once a command; throws where it can't be kept. Nothing where all is lab's own work.
   */
  keepBefore(): Promise<void>;
  /** Why a unit does not run, in the words of `lab verify`; null when it runs or that could not be seen. */
  whyDown(node: NodeName, unit: string): Promise<Words | null>;
  /**
   * In the journal before its effect, so that the next command heals what this one could not. Returns when the effect
   * began, in milliseconds since 1970.
   */
  injectFault(fault: FaultName, nodes: readonly NodeDefinition[]): Promise<number>;
  /**
   * For what an action takes away for a while; to be said before it does. `work` is done when the action ends, whatever
   * ended it, the last one first: with a context that no interruption has ended, and ten seconds.
   */
  cleanUp(work: (context: ActionContext) => Promise<unknown>): CleanUp;
  /** Removes every injected fault, and comes back once what runs in the nodes answers again. */
  healFaults(): Promise<void>;
  /** A program of this machine inside the lab's network that goes on until `signal` ends it. Not in the transcript. */
  attachToNetwork(
    argv: readonly string[],
    options: Required<Pick<CommandOptions, 'onOutput' | 'signal'>> & Pick<CommandOptions, 'input' | 'timeoutSeconds'>,
  ): Promise<CommandResult>;
  /** The same in a node. */
  attachToNode(
    node: NodeName,
    argv: readonly string[],
    options: Required<Pick<CommandOptions, 'onOutput' | 'signal' | 'timeoutSeconds'>> & Pick<CommandOptions, 'input'>,
  ): Promise<CommandResult>;
  /** Starts the process of the writing clients. */
  readonly ledgerClient: readonly string[];
  /** A fresh look for probes. */
  look(): Promise<Reach>;
  /** Comes back once `condition` is true, looking again and again; throws a LabError after `withinSeconds`. */
  waitFor(
    what: { readonly en: string; readonly fr: string },
    withinSeconds: number,
    condition: () => Promise<boolean>,
  ): Promise<void>;
}

/** What is to be put back when the action ends. */
export interface CleanUp {
  /** Now instead, with the action's own context and all the time that it takes. */
  now(): Promise<void>;
  /** It is back. */
  forget(): void;
}

/** What an action takes away; docs/removing-actions.md says when, and by which proof. */
export type Removal = 'etcd data' | 'keys' | 'database' | 'tables' | 'backups';

/**
 * One kind of action, used from YAML as `do: NAME` with `with: {…}`. Idempotent: done twice is done once, whatever
 * moment the first one was cut off.
 */
export interface ActionKind<With> {
  readonly name: string;
  readonly schema: z.ZodType<With>;
  run(context: ActionContext, args: With): Promise<void>;
  /** Done to each of its nodes by itself: a node that is made again needs it, whatever the cluster has behind it. */
  readonly furnishes?: true;
  /** It removes what may hold data: only in named states, and only what is proved to be worth nothing. */
  readonly removes?: readonly Removal[];
  /**
   * Moves the lead, takes a part of the cluster away, or writes against it, to show what comes of that. A step with such
   * an action that was done is never done again by itself.
   */
  readonly drill?: true;
  /** Files of the chapter's files/ folder that it uses; they count in the step's fingerprint. */
  files?(args: With): readonly string[];
}

// A registry holds kinds with different arguments; `any` is confined to this line.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyActionKind = ActionKind<any>;

export function defineAction<With>(kind: ActionKind<With>): ActionKind<With> {
  return kind;
}
