import { type CommandResult } from '../model/command.ts';

/**
 * Bytes of both streams that are kept of a program whose caller sets no other bound. Nobody reads more: `lab measure` reads
 * as much, when it counts its rows. It is an eighth of what one string can hold, and a small machine has room for it.
 */
export const mostOutput = 64 * 1024 * 1024;

/** Of a program that was ended since it said more than that: a failure, whatever its own exit status was. */
export function saidTooMuch(
  argv: readonly string[],
  mostBytes: number,
): Pick<CommandResult, 'exitStatus' | 'stdout' | 'stderr'> {
  const most = `${Math.round((mostBytes / 1024 / 1024) * 100) / 100} MiB`;
  return { exitStatus: null, stdout: '', stderr: `${argv[0] ?? ''} said more than ${most}, and was ended\n` };
}
