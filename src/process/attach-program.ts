import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { execa } from 'execa';
import { type TerminalFor } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { relaySignals, type Signals } from './relay-signals.ts';

/**
 * Gives our three streams to a program until it ends; returns its exit status, 128+n when signal n ended it. For typing it
 * gets a terminal among them as it is, and stays in that terminal's foreground group, so Ctrl-C reaches it and lab alike:
 * main.ts leaves it to the program meanwhile. For showing it gets a pipe instead, and nothing to read: of a block that
 * was pasted, it would take what is meant for the next commands. Without a terminal it is in a session of its own: the
 * one that lab was started from would be its /dev/tty, and whoever may open that may type there. What that terminal says
 * to lab is then relayed.
 */
export async function attachProgram(argv: readonly string[], signals: Signals, terminal: TerminalFor): Promise<number> {
  const [file = '', ...args] = argv;
  const isTerminal = [0, 1, 2].map((stream) => isatty(stream));
  const detached = terminal === 'showing' || !isTerminal.includes(true);
  const [typed, shownOut, shownAside] = isTerminal.map((is) => is && terminal === 'showing');
  const program = execa(file, args, {
    stdin: typed === true ? 'ignore' : 'inherit',
    stdout: shownOut === true ? throughPipe : 'inherit',
    stderr: shownAside === true ? throughPipe : 'inherit',
    buffer: false,
    ...{ reject: false, detached },
  });
  const endRelay = detached && program.pid !== undefined ? relaySignals(program.pid, signals) : undefined;
  const result = await program;
  endRelay?.();
  if (result.exitCode !== undefined) return result.exitCode;
  if (result.signal !== undefined) return 128 + constants.signals[result.signal];
  throw notStarted(file, result.originalMessage ?? '');
}

const throughPipe = ['pipe', 'inherit'] as const;

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
