import { type EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { execa } from 'execa';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

/** Where the signals that lab gets are heard: `process`, which belongs to main. */
export type SignalSource = Pick<EventEmitter, 'on' | 'off' | 'rawListeners' | 'removeAllListeners'>;

/** The terminal sends these to everyone in its foreground: the program answers them, lab stays. */
const forTheProgram = ['SIGINT', 'SIGQUIT'] as const;

/**
 * Gives this terminal to a program until it ends; returns its exit status, 128+n when signal n ended it. With
 * `signals`, lab's own answers to Ctrl-C are put aside meanwhile.
 */
export async function attachProgram(argv: readonly string[], signals?: SignalSource): Promise<number> {
  const [file = '', ...args] = argv;
  const putBack = signals ? putAside(signals) : () => undefined;
  try {
    // Not detached: it has to stay in the terminal's foreground group.
    const result = await execa(file, args, { stdio: 'inherit', reject: false });
    if (result.exitCode !== undefined) return result.exitCode;
    if (result.signal !== undefined) return 128 + constants.signals[result.signal];
    throw notStarted(file, result.originalMessage ?? '');
  } finally {
    putBack();
  }
}

function putAside(signals: SignalSource): () => void {
  const ignore = (): void => undefined;
  const kept = forTheProgram.map((signal) => ({ signal, listeners: signals.rawListeners(signal) }));
  for (const signal of forTheProgram) {
    // First the new one: without any listener the signal would end lab.
    signals.on(signal, ignore);
    for (const listener of kept.find((entry) => entry.signal === signal)?.listeners ?? []) {
      signals.off(signal, listener as () => void);
    }
  }
  return () => {
    for (const { signal, listeners } of kept) {
      for (const listener of listeners) signals.on(signal, listener as () => void);
      signals.off(signal, ignore);
    }
  };
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
