// To start a program Node forks and waits until the child has become it: 8 to 28 ms in which lab does nothing else, on a
// machine whose hypervisor keeps the page tables. A small program does it beside, and faster (decision 0058).

import { type CommandOptions, type RunProgram } from '../model/command.ts';
import { moveIn, type Resident } from './resident/move-in.ts';
import { runProgram } from './run-program.ts';

/** For those who set no limit: a day, in seconds. */
const noLimit = 86_400;

/**
 * `runProgram` for many programs: the first call starts the small program, which ends with lab; what runs then goes on, as
 * with `runProgram`. What is heard while it runs is `runProgram`'s own, and so is what cannot be started.
 */
export function startBeside(): RunProgram {
  let resident: Resident | undefined;
  return async (argv, options = {}) => {
    if (options.onOutput !== undefined || options.signal?.aborted) return runProgram(argv, options);
    if (resident === undefined || resident.ended())
      resident = moveIn('python3', (program) => program, { grace: 5, afterLab: 'go-on' });
    const result = await resident.run(argv, within(options));
    return result?.started === true ? result : runProgram(argv, options);
  };
}

function within({ input, signal, maxBytes, timeoutSeconds = noLimit }: CommandOptions) {
  return {
    timeoutSeconds,
    ...(input !== undefined && { input }),
    ...(signal && { signal }),
    ...(maxBytes !== undefined && { maxBytes }),
  };
}
