import { execa } from 'execa';
import { signalGroup } from './signal-group.ts';

export interface Dialogue {
  /** The program hears one more line. */
  say(line: string): void;
  /** Whether lab waits for an answer: only then the program keeps lab from ending. */
  expect(waiting: boolean): void;
  end(): void;
  /** Ends it at once, and all of its group; nothing that it says is heard any more. */
  kill(): void;
}

/**
 * Starts a program of this machine that is spoken to line by line, in a process group of its own. What it says comes in
 * pieces, as it is read. It must end when its
 * standard input does: that is also how it learns that lab was killed. `onEnd` hears once that it has ended or could not
 * be started.
 */
export function startDialogue(
  argv: readonly string[],
  { onPiece, onEnd }: { readonly onPiece: (piece: Buffer) => void; readonly onEnd: () => void },
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
  program.stdout.on('data', onPiece);
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
    kill: () => {
      if (program.pid !== undefined) signalGroup(program.pid, 'SIGKILL');
      program.stdin.destroy();
      program.stdout.destroy();
    },
  };
}
