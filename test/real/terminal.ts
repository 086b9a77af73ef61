// A person's terminal: `script` (bsdutils, on every Debian) gives the program one of its own, and the test types.

import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { waitUntil } from '../../src/model/wait-until.ts';
import { type RealLab } from './lab-runner.ts';
import { program } from './real-lab.ts';

export interface Terminal {
  /** Keys as they are typed: `\r` is Enter, `\u0003` Ctrl-C. */
  type(keys: string): void;
  /** Waits until what was shown since the last call matches, and gives it; throws with it when that does not come. */
  shows(pattern: RegExp): Promise<string>;
  /** The program's own exit status, once it has ended. */
  readonly ended: Promise<number | undefined>;
}

export const enter = '\r';
export const ctrlC = '\u0003';

/** Seconds. */
const patience = 30;

/** `lab VERB …` on this lab; a terminal with 0 rows is one that does not know its size. */
export function labAtTerminal(lab: RealLab, args: readonly string[], rows = 50): Terminal {
  return atTerminal(lab, `exec ${[...program, ...args].map((word) => `'${word}'`).join(' ')}`, rows);
}

/** A line of the shell, with the variables that make `lab` speak of this lab. */
export function atTerminal(lab: Pick<RealLab, 'home' | 'name'>, line: string, rows = 50): Terminal {
  const command = `stty rows ${String(rows)} cols 100; ${line}`;
  const started = execa('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    env: { LAB_HOME: lab.home, LAB_NAME: lab.name, LAB_LANG: 'en', NO_COLOR: '1', TERM: 'xterm' },
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'pipe',
  });
  let screen = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
  return {
    type: (keys) => {
      started.stdin.write(keys);
    },
    shows: async (pattern) => {
      const seen = (): string => stripVTControlCharacters(screen);
      const came = await waitUntil(() => Promise.resolve(pattern.test(seen())), { withinSeconds: patience });
      if (!came) throw new Error(`the terminal never showed ${String(pattern)}:\n${seen()}`);
      const shown = seen();
      screen = '';
      return shown;
    },
    ended: started.then(({ exitCode }) => exitCode),
  };
}
