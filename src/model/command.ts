/** What came of a program that was started. Never thrown: the caller decides what a failure means. */
export interface CommandResult {
  readonly argv: readonly string[];
  /** null when the program could not be started or was ended by a signal. */
  readonly exitStatus: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly seconds: number;
}

export interface CommandOptions {
  /** Written to the program's standard input, which is then closed. Without it standard input is empty. */
  readonly input?: string;
  /** After this many seconds the program and everything that it started is ended. Infinity: by `signal` alone. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
  /**
   * Bytes of standard output and standard error together: a program that says more is ended, and has failed. Without it a
   * bound holds all the same. One that is heard while it runs may say as much as it likes; of that the end is kept.
   */
  readonly maxBytes?: number;
  /** Hears standard output and standard error as they come. */
  readonly onOutput?: (text: string) => void;
}

export interface NodeCommandOptions extends CommandOptions {
  /**
   * The node's files count, not the place in the network: curl's question may also be put from the trainer's seat, where
   * that is as good.
   */
  readonly fromAnywhere?: boolean;
}

export function succeeded(result: CommandResult): boolean {
  return result.exitStatus === 0;
}

/** Starts a program of this machine from an argument list, never a shell string. */
export type RunProgram = (argv: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/** What a program gets of the terminal that lab was started from: all of it, or to be shown there and nothing else. */
export type TerminalFor = 'typing' | 'showing';

/** The same with our own streams; returns its exit status. */
export type AttachProgram = (argv: readonly string[], terminal: TerminalFor) => Promise<number>;
