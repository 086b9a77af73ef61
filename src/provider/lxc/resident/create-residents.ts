// Going into a node takes a fork of lab, lxc-attach and `timeout`: 25 ms and more of a busy machine, and a look at a cluster
// asks dozens of things. One program stays in each node for as long as a command runs, and starts there what is asked.

import { type CommandOptions, type CommandResult } from '../../../model/command.ts';
import { type NodeName } from '../../../model/ids.ts';
import { type Dialogue, startDialogue } from '../../../process/start-dialogue.ts';
import { residentProgram } from './resident-program.ts';

export interface Residents {
  /** The result of a program in a node; null: nobody stays there, and the program was not started. */
  run(node: NodeName, argv: readonly string[], options: ResidentOptions): Promise<CommandResult | null>;
}

export type ResidentOptions = Pick<CommandOptions, 'input' | 'signal'> & { readonly timeoutSeconds: number };

/** What came back: status, whether its time was over, standard output, standard error. Null: it never will. */
type Answer = readonly [status: number, timedOut: boolean, stdout: string, stderr: string] | null;

interface Resident {
  readonly dialogue: Dialogue;
  readonly waiting: Map<number, (answer: Answer) => void>;
  ready: boolean;
  ended: boolean;
}

/** After its own end of a program's time: a node that is frozen meanwhile does not answer. */
const silenceSeconds = 5;

/** `goIn`: the arguments that start a program in a node. */
export function createResidents(goIn: (node: NodeName, argv: readonly string[]) => readonly string[]): Residents {
  const residents = new Map<NodeName, Resident>();
  let asked = 0;
  const residentOf = (node: NodeName): Resident => {
    const known = residents.get(node);
    if (known !== undefined && !known.ended) return known;
    const moved = moveIn(goIn(node, ['perl', '-e', residentProgram]));
    residents.set(node, moved);
    return moved;
  };
  return {
    run: async (node, argv, options) => {
      if (options.signal?.aborted) return null;
      const resident = residentOf(node);
      const began = performance.now();
      asked += 1;
      const answer = await ask(resident, asked, argv, options);
      if (answer === null && resident.ended && !resident.ready) return null;
      const [status, timedOut, stdout, stderr] = answer ?? [null, !resident.ended, '', `${node} does not answer\n`];
      // As `timeout` says it.
      const exitStatus = timedOut ? 124 : status;
      const cancelled = options.signal?.aborted === true && (answer === null || answer[0] !== 0);
      return { argv, exitStatus, stdout, stderr, timedOut, cancelled, seconds: (performance.now() - began) / 1000 };
    },
  };
}

function moveIn(argv: readonly string[]): Resident {
  const dialogue = startDialogue(argv, {
    onLine: (line) => {
      const [number = '', status, timedOut, stdout = '', stderr = ''] = line.split(' ');
      if (number === 'ready') resident.ready = true;
      else settle(resident, Number(number), [Number(status), timedOut === '1', text(stdout), text(stderr)]);
    },
    onEnd: () => {
      resident.ended = true;
      for (const number of [...resident.waiting.keys()]) settle(resident, number, null);
    },
  });
  const resident: Resident = { dialogue, waiting: new Map(), ready: false, ended: false };
  return resident;
}

async function ask(
  resident: Resident,
  number: number,
  argv: readonly string[],
  { input = '', signal, timeoutSeconds }: ResidentOptions,
): Promise<Answer> {
  const { dialogue, waiting } = resident;
  const giveUp = (): void => dialogue.say(`end ${String(number)}`);
  const answer = await new Promise<Answer>((resolve) => {
    const silence = setTimeout(
      () => {
        // Should the node thaw, it is not to begin then.
        giveUp();
        settle(resident, number, null);
      },
      (timeoutSeconds + silenceSeconds) * 1000,
    );
    waiting.set(number, (answered) => {
      clearTimeout(silence);
      resolve(answered);
    });
    signal?.addEventListener('abort', giveUp);
    dialogue.expect(true);
    dialogue.say(['run', number, timeoutSeconds, hexadecimal(input), ...argv.map(hexadecimal)].join(' '));
  });
  signal?.removeEventListener('abort', giveUp);
  return answer;
}

function settle({ waiting, dialogue }: Resident, number: number, answer: Answer): void {
  const resolve = waiting.get(number);
  waiting.delete(number);
  if (waiting.size === 0) dialogue.expect(false);
  resolve?.(answer);
}

function hexadecimal(value: string): string {
  return value === '' ? '-' : Buffer.from(value, 'utf8').toString('hex');
}

function text(value: string): string {
  return value === '-' ? '' : Buffer.from(value, 'hex').toString('utf8');
}
