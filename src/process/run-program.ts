import { type Readable } from 'node:stream';
import { execa } from 'execa';
import { type CommandOptions, type CommandResult } from '../model/command.ts';
import { createOutputTail, type OutputTail } from './output-tail.ts';
import { followToTheEnd } from './follow-to-the-end.ts';
import { mostOutput, saidTooMuch } from './most-output.ts';

export interface ProgramOptions extends CommandOptions {
  /** Added to lab's own environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Between the request to end (SIGTERM) and the end (SIGKILL). 0: SIGKILL at once, for work that is thrown away. */
  readonly graceSeconds?: number;
  /** An open file of ours as its standard input, instead of `input`. */
  readonly inputFile?: number;
}

/** What this module's `runProgram` is, for those who get it as an argument. */
export type StartProgram = (argv: readonly string[], options?: ProgramOptions) => Promise<CommandResult>;

/** Of each stream of a program that is heard while it runs, in characters: what explains a failure comes last. */
const keptOfHeard = 16 * 1024 * 1024;

/**
 * Starts a program of this machine and waits for its end. It leads a process group (and session) of its own, so that a
 * timeout or a cancellation ends whatever it started too, and Ctrl-C in the terminal reaches lab alone. Never throws
 * for a failing program; one that can't be started has the exit status null and says why on its standard error.
 */
export async function runProgram(argv: readonly string[], options: ProgramOptions = {}): Promise<CommandResult> {
  const began = performance.now();
  if (options.signal?.aborted) return neverStarted(argv);
  const mostBytes = options.maxBytes ?? (options.onOutput ? keptOfHeard : mostOutput);
  const stdout = createOutputTail(mostBytes);
  const stderr = createOutputTail(mostBytes);
  const program = start(argv, options);
  const tooMuch = new AbortController();
  if (options.onOutput) hear(program, stdout, stderr, options.onOutput);
  else collect(program, stdout, stderr, () => tooMuch.abort(), mostBytes);
  const followed = { ...options, tooMuch: tooMuch.signal };
  const stopped = program.pid === undefined ? undefined : await followToTheEnd(program, program.pid, followed);
  const result = await program;
  const whyNotStarted =
    program.pid === undefined ? `${argv[0] ?? ''}: ${result.originalMessage ?? 'not started'}\n` : '';
  return {
    argv,
    exitStatus: result.exitCode ?? null,
    stdout: stdout.text(),
    stderr: stderr.text() + whyNotStarted,
    ...(stopped === 'said-too-much' && saidTooMuch(argv, mostBytes)),
    timedOut: stopped === 'timed-out',
    cancelled: stopped === 'cancelled',
    seconds: (performance.now() - began) / 1000,
  };
}

/** Timeout and cancellation are ours: execa's end only the direct child and then wait for whoever holds its pipes. */
function start(argv: readonly string[], options: ProgramOptions) {
  const [file = '', ...args] = argv;
  // Nothing to read is an empty input: an open one would let a program wait for a person.
  // Any open file will do, though execa's type lists the numbers below ten alone.
  const input = options.inputFile === undefined ? { input: options.input ?? '' } : { stdin: options.inputFile as 3 };
  return execa(file, args, {
    detached: true,
    reject: false,
    buffer: false,
    ...input,
    ...(options.env && { env: options.env }),
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
}

interface Speaking {
  readonly stdout: Readable;
  readonly stderr: Readable;
}

function hear(program: Speaking, stdout: OutputTail, stderr: OutputTail, onOutput: (text: string) => void): void {
  program.stdout.on('data', (piece: Buffer) => onOutput(stdout.add(piece)));
  program.stderr.on('data', (piece: Buffer) => onOutput(stderr.add(piece)));
}

/** What is said after `onTooMuch` is read and forgotten: a program that is asked to end may have to write before it does. */
function collect(
  program: Speaking,
  stdout: OutputTail,
  stderr: OutputTail,
  onTooMuch: () => void,
  mostBytes: number,
): void {
  let said = 0;
  const keep = (tail: OutputTail) => (piece: Buffer) => {
    said += piece.length;
    if (said <= mostBytes) tail.add(piece);
    else onTooMuch();
  };
  program.stdout.on('data', keep(stdout));
  program.stderr.on('data', keep(stderr));
}

function neverStarted(argv: readonly string[]): CommandResult {
  return { argv, exitStatus: null, stdout: '', stderr: '', timedOut: false, cancelled: true, seconds: 0 };
}
