import { once } from 'node:events';
import { type Readable } from 'node:stream';
import { type CommandOptions } from '../model/command.ts';
import { afterMachineSeconds } from '../clock/machine-time.ts';
import { letGoWhenQuiet } from './let-go-when-quiet.ts';
import { signalGroup } from './signal-group.ts';

export type StopReason = 'timed-out' | 'cancelled' | 'said-too-much';

interface Followed {
  readonly stdout: Readable;
  readonly stderr: Readable;
  once(event: 'exit', listener: () => void): unknown;
}

const defaultGraceSeconds = 5;

/**
 * Waits until the program has ended and its pipes are read. When the time is up, the caller gives up or `tooMuch` was said,
 * its whole group is asked to end (SIGTERM) and, after the time of grace, ended (SIGKILL).
 */
export async function followToTheEnd(
  program: Followed,
  leader: number,
  options: CommandOptions & { readonly graceSeconds?: number; readonly tooMuch?: AbortSignal },
): Promise<StopReason | undefined> {
  const pipes = [program.stdout, program.stderr];
  const pipesClosed = Promise.all(pipes.map((pipe) => once(pipe, 'close')));
  const exit = new Promise<void>((resolve) => program.once('exit', resolve));
  let reason: StopReason | undefined;
  let killing: NodeJS.Timeout | undefined;
  const kill = (): void => {
    signalGroup(leader, 'SIGKILL');
    letGoWhenQuiet(pipes);
  };
  const stop = (why: StopReason): void => {
    reason ??= why;
    const grace = options.graceSeconds ?? defaultGraceSeconds;
    if (grace > 0) signalGroup(leader, 'SIGTERM');
    killing ??= setTimeout(kill, grace * 1000);
  };
  const cancel = (): void => stop('cancelled');
  const limit = options.timeoutSeconds;
  const forgetLimit =
    limit === undefined || limit === Number.POSITIVE_INFINITY
      ? undefined
      : afterMachineSeconds(limit, () => stop('timed-out'));
  options.signal?.addEventListener('abort', cancel);
  options.tooMuch?.addEventListener('abort', () => stop('said-too-much'));

  await exit;
  forgetLimit?.();
  options.signal?.removeEventListener('abort', cancel);
  // A daemon that it left behind may hold its pipes for ever; a grandchild that was asked to end has its grace.
  if (reason === undefined || !signalGroup(leader, 0)) letGoWhenQuiet(pipes);
  await pipesClosed;
  clearTimeout(killing);
  if (reason !== undefined) signalGroup(leader, 'SIGKILL');
  return reason;
}
