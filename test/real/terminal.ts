// A person's terminal: `script` (bsdutils, on every Debian) gives the program one of its own, and the test types.

import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { type RealLab } from './lab-runner.ts';
import { program } from './real-lab.ts';

export interface Terminal {
  /** Keys as they are typed: `\r` is Enter, `\u0003` Ctrl-C. */
  type(keys: string): void;
  /**
   * Waits until what was shown since the last call matches, and comes back with it; throws with what was shown when it
   * does not come, or when the program has ended without it.
   */
  shows(pattern: RegExp, withinSeconds?: number): Promise<string>;
  /** The program's own exit status, once it has ended. */
  readonly ended: Promise<number | undefined>;
}

export interface TerminalSize {
  /** 0: a terminal that does not know its size. */
  readonly rows: number;
  readonly columns: number;
}

export const enter = '\r';
export const ctrlC = '\u0003';

/** Seconds. */
const patience = 30;

const usualSize: TerminalSize = { rows: 50, columns: 100 };

/** `lab VERB …` on this lab. */
export function labAtTerminal(lab: RealLab, args: readonly string[], size: TerminalSize = usualSize): Terminal {
  return atTerminal([...program, ...args], ofLab(lab), size);
}

/** A shell of this machine, with the variables that make `lab` speak of this lab. */
export function shellAtTerminal(lab: Pick<RealLab, 'home' | 'name'>, args: readonly string[]): Terminal {
  return atTerminal(['bash', ...args], ofLab(lab), usualSize);
}

function ofLab({ home, name }: Pick<RealLab, 'home' | 'name'>): Record<string, string> {
  return { LAB_HOME: home, LAB_NAME: name };
}

/** A program of this machine. */
function atTerminal(argv: readonly string[], env: Record<string, string>, size: TerminalSize): Terminal {
  const words = argv.map((word) => `'${word}'`).join(' ');
  const command = `stty rows ${String(size.rows)} cols ${String(size.columns)}; exec ${words}`;
  const started = execa('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    env: { LAB_LANG: 'en', NO_COLOR: '1', TERM: 'xterm', ...env },
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'pipe',
  });
  let screen = '';
  let over = false;
  started.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
  const ended = started.then(({ exitCode }) => {
    over = true;
    return exitCode;
  });
  return {
    type: (keys) => {
      started.stdin.write(keys);
    },
    shows: async (pattern, withinSeconds = patience) => {
      const seen = (): string => stripVTControlCharacters(screen);
      await waitUntil(() => Promise.resolve(over || pattern.test(seen())), { withinSeconds });
      const shown = seen();
      if (!pattern.test(shown)) throw new Error(`the terminal never showed ${String(pattern)}:\n${shown}`);
      screen = '';
      return shown;
    },
    ended,
  };
}
