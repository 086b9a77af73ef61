import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { execa } from 'execa';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { relaySignals, type Signals } from './relay-signals.ts';

/**
 * Gives our three streams to a program until it ends; returns its exit status, 128+n when signal n ended it. With a
 * terminal among them it stays in that terminal's foreground group, so Ctrl-C reaches it and lab alike: main.ts leaves it
 * to the program meanwhile. With none it is in a session of its own: the terminal that lab was started from would be its
 * /dev/tty, and whoever may open that may type there. What the terminal says to lab is then relayed.
 */
export async function attachProgram(argv: readonly string[], signals: Signals): Promise<number> {
  const [file = '', ...args] = argv;
  const detached = ![0, 1, 2].some((stream) => isatty(stream));
  const program = execa(file, args, { stdio: 'inherit', reject: false, detached });
  const endRelay = detached && program.pid !== undefined ? relaySignals(program.pid, signals) : undefined;
  const result = await program;
  endRelay?.();
  if (result.exitCode !== undefined) return result.exitCode;
  if (result.signal !== undefined) return 128 + constants.signals[result.signal];
  throw notStarted(file, result.originalMessage ?? '');
}

function notStarted(file: string, why: string): LabError {
  return new LabError(
    'program-not-started',
    words(`${file} could not be started: ${why}`, `${file} n'a pas pu être démarré : ${why}`),
    {
      exit: exitStatus.hostCannot,
      hint: words('"lab doctor" says what is missing.', '« lab doctor » dit ce qui manque.'),
    },
  );
}
