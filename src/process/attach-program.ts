import { constants } from 'node:os';
import { execa } from 'execa';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

/**
 * Gives this terminal to a program until it ends; returns its exit status, 128+n when signal n ended it. It stays in
 * the terminal's foreground group, so Ctrl-C reaches it and lab alike: main.ts leaves it to the program meanwhile.
 */
export async function attachProgram(argv: readonly string[]): Promise<number> {
  const [file = '', ...args] = argv;
  const result = await execa(file, args, { stdio: 'inherit', reject: false });
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
