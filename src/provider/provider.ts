import {
  type CommandOptions,
  type CommandResult,
  type NodeCommandOptions,
  type TerminalFor,
} from '../model/command.ts';
import { type EditionName, type NodeName } from '../model/ids.ts';
import { type LabObservation } from '../model/observation.ts';
import { type NodeDefinition } from '../model/workshop.ts';

/**
 * What runs the nodes of one lab. Effects are idempotent: asking for what is already so does nothing. Errors are
 * LabErrors (exit status 4 when the host can't, 1 when a node fails); a command's own failure is a CommandResult.
 */
export interface Provider {
  /** What is there now: the network and every node of the workshop. Reads only. */
  observe(): Promise<LabObservation>;
  createNetwork(): Promise<void>;
  /** Only what this lab made; absent = done. */
  destroyNetwork(): Promise<void>;
  /** Makes the node's root from the image's layers; does not start it. */
  createNode(spec: NodeSpec): Promise<void>;
  /** With its volumes, which are made where they don't exist. Comes back once the node's systemd takes commands. */
  startNode(node: NodeName, signal?: AbortSignal): Promise<void>;
  /** `clean`: services are stopped first; `kill`: at once, as if the power went. */
  stopNode(node: NodeName, how: 'clean' | 'kill'): Promise<void>;
  destroyNode(node: NodeName): Promise<void>;
  setFrozen(node: NodeName, frozen: boolean): Promise<void>;
  /**
   * Gives a stopped node a disk of its own that holds what it has and this much more, or with null the host's disk again,
   * with all that it has. Everything or nothing, at whatever moment it is cut off.
   */
  limitDisk(node: NodeName, extraBytes: number | null): Promise<void>;
  /** Runs a program as root in a running node. */
  exec(node: NodeName, argv: readonly string[], options?: NodeCommandOptions): Promise<CommandResult>;
  /** Runs a program of this machine inside the lab's network: the trainer's seat. */
  execOnNetwork(argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** The same two with our own streams; `where` null is the trainer's seat. Returns the exit status. */
  attach(where: NodeName | null, argv: readonly string[], terminal: TerminalFor): Promise<number>;
}

export interface NodeSpec {
  readonly definition: NodeDefinition;
  readonly edition: EditionName;
  readonly image: string;
  /** Content of the node's /etc/hosts. */
  readonly hosts: string;
}
