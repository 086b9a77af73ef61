import { createInterface } from 'node:readline';
import { execa } from 'execa';

export interface Dialogue {
  /** The program hears one more line. */
  say(line: string): void;
  /** Whether lab waits for an answer: only then the program keeps lab from ending. */
  expect(waiting: boolean): void;
  end(): void;
}

/**
 * Starts a program of this machine that is spoken to line by line, in a process group of its own. It must end when its
 * standard input does: that is also how it learns that lab was killed. `onEnd` hears once that it has ended or could not
 * be started.
 */
export function startDialogue(
  argv: readonly string[],
  { onLine, onEnd }: { readonly onLine: (line: string) => void; readonly onEnd: () => void },
): Dialogue {
  const [file = '', ...args] = argv;
  const program = execa(file, args, {
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
  });
  // What is written to one that has ended is lost, and `onEnd` tells.
  program.stdin.on('error', () => undefined);
  createInterface({ input: program.stdout }).on('line', onLine);
  void program.then(onEnd);
  const held = [program, program.stdin, program.stdout] as unknown as readonly { ref(): void; unref(): void }[];
  return {
    say: (line) => {
      program.stdin.write(`${line}\n`);
    },
    expect: (waiting) => {
      for (const one of held) one[waiting ? 'ref' : 'unref']();
    },
    end: () => {
      program.stdin.end();
    },
  };
}
