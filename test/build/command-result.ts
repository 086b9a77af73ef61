import { type CommandResult } from '../../src/model/command.ts';

/** Of a program that said nothing and succeeded, but for what is said here. */
export function commandResult(argv: readonly string[], of: Partial<CommandResult> = {}): CommandResult {
  return { argv, exitStatus: 0, stdout: '', stderr: '', timedOut: false, cancelled: false, seconds: 0, ...of };
}
