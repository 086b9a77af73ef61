import { type CommandOptions, type CommandResult } from '../model/command.ts';
import { type FaultName } from '../model/fault.ts';
import { type NodeName } from '../model/ids.ts';
import { type NodeState } from '../model/observation.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { type Words } from '../model/words.ts';

/** What a fault works with. Every effect is in the transcript. */
export interface FaultContext {
  readonly workshop: Workshop;
  /** Ended by an interruption. */
  readonly signal: AbortSignal;
  /** As root in a running node; throws a LabError (exit status 1) when the command fails. */
  exec(node: NodeName, argv: readonly string[], options?: FaultCommandOptions): Promise<CommandResult>;
  /** The same without the throw, for commands whose failure is an answer. */
  attempt(node: NodeName, argv: readonly string[], options?: FaultCommandOptions): Promise<CommandResult>;
  /** A program of this machine (nft, tc) inside the lab's network, never on the host's. */
  attemptOnNetwork(argv: readonly string[], options?: FaultCommandOptions): Promise<CommandResult>;
  /** As it is now. */
  stateOf(node: NodeName): Promise<NodeState>;
  /** No node runs: the lab was stopped, and healing does not start it. */
  labIsDown(): Promise<boolean>;
  /** false: nothing of what was put into it is left either. */
  networkIsThere(): Promise<boolean>;
  /** Comes back once the node's systemd takes commands; thaws a frozen node. */
  startNode(node: NodeName): Promise<void>;
  /** At once, as if the power went. */
  killNode(node: NodeName): Promise<void>;
  freezeNode(node: NodeName): Promise<void>;
  /** A disk of its own for a stopped node, or null: the host's disk again. */
  limitDisk(node: NodeName, extraBytes: number | null): Promise<void>;
  /** Starts what the node runs from its boot on (etcd, Patroni) where it stands still; does not wait for it. */
  startServices(node: NodeDefinition): Promise<void>;
  /** Comes back once what runs in the node answers. */
  awaitServices(node: NodeDefinition): Promise<void>;
}

export type FaultCommandOptions = Pick<CommandOptions, 'input' | 'timeoutSeconds'>;

/** What a person may say with a fault; each fault takes its own part of it. */
export interface FaultOptions {
  /** `loss`: how many of 100 packets. */
  readonly percent: number;
  /** `slow`: bits a second. */
  readonly bitsPerSecond: number;
  /** `delay`: milliseconds. */
  readonly milliseconds: number;
}

/**
 * One failure and its removal. Both can be done twice, and `heal` removes whatever an injection that was cut off at any
 * moment left behind. Files of faults are light: `lab --help` reads them.
 */
export interface Fault {
  readonly name: FaultName;
  /** What it does. */
  readonly describe: Words;
  /** What to look for once it is there. */
  readonly expect: Words;
  /** `patroni`: nodes with a Patroni member only. */
  readonly hits: 'any-node' | 'patroni';
  /** Can be put between two nodes. */
  readonly betweenTwo?: boolean;
  /** Injected again where it is already: another value, or another blow. Without it that does nothing. */
  readonly again?: boolean;
  /** Faults that need the same place of the same node. */
  readonly excludes?: readonly FaultName[];
  readonly option?: keyof FaultOptions;
  inject(context: FaultContext, nodes: readonly NodeDefinition[], options: FaultOptions): Promise<void>;
  heal(context: FaultContext, nodes: readonly NodeDefinition[]): Promise<void>;
}

/** The one node of a fault that hits one node. */
export function onlyNode(nodes: readonly NodeDefinition[]): NodeDefinition {
  const [node] = nodes;
  if (node === undefined) throw new Error('a fault without a node was not refused');
  return node;
}
