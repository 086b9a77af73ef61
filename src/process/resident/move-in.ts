// One small program stays where programs are to be started, for as long as a command of lab runs, and starts them there: in
// a node, since going in takes three programs each time; on this machine, since lab itself is slow at it.

import { type CommandOptions, type CommandResult } from '../../model/command.ts';
import { type Dialogue, startDialogue } from '../start-dialogue.ts';
import { type Manners, residentArguments } from './resident-program.ts';

export interface Resident {
  /** The result of a program that it started; null: it never came to stay, and the program was not started. */
  run(argv: readonly string[], options: ResidentOptions): Promise<ResidentResult | null>;
  ended(): boolean;
}

export type ResidentOptions = Pick<CommandOptions, 'input' | 'signal'> & { readonly timeoutSeconds: number };

/** `started`: false when it could not be, with the exit status 126 or 127 as a shell has it. */
export type ResidentResult = CommandResult & { readonly started: boolean };

type How = 'ended' | 'timed-out' | 'never-started';

/** What came back. Null: it never will. */
type Answer = readonly [status: number, how: How, stdout: string, stderr: string] | null;

interface House {
  readonly dialogue: Dialogue;
  readonly waiting: Map<number, (answer: Answer) => void>;
  ready: boolean;
  ended: boolean;
}

/** After its own end of a program's time: a node that is frozen meanwhile does not answer. */
const silenceSeconds = 5;

/** `goIn`: the arguments that start a program there. `name`: who does not answer, when that is so. */
export function moveIn(name: string, goIn: (argv: readonly string[]) => readonly string[], manners: Manners): Resident {
  const house = enter(goIn(residentArguments(manners)));
  let asked = 0;
  return {
    ended: () => house.ended,
    run: async (argv, options) => {
      if (options.signal?.aborted) return null;
      const began = performance.now();
      asked += 1;
      const answer = await ask(house, asked, argv, options);
      if (answer === null && house.ended && !house.ready) return null;
      const silent: How = house.ended ? 'ended' : 'timed-out';
      const [status, how, stdout, stderr] = answer ?? [null, silent, '', `${name} does not answer\n`];
      const timedOut = how === 'timed-out';
      // As `timeout` says it.
      const exitStatus = timedOut ? 124 : status;
      const cancelled = options.signal?.aborted === true && (answer === null || answer[0] !== 0);
      const seconds = (performance.now() - began) / 1000;
      return { argv, exitStatus, stdout, stderr, timedOut, cancelled, seconds, started: how !== 'never-started' };
    },
  };
}

function enter(argv: readonly string[]): House {
  const dialogue = startDialogue(argv, {
    onLine: (line) => {
      const [number = '', status, how, stdout = '', stderr = ''] = line.split(' ');
      if (number === 'ready') house.ready = true;
      else settle(house, Number(number), [Number(status), howNamed(how), text(stdout), text(stderr)]);
    },
    onEnd: () => {
      house.ended = true;
      for (const number of [...house.waiting.keys()]) settle(house, number, null);
    },
  });
  const house: House = { dialogue, waiting: new Map(), ready: false, ended: false };
  return house;
}

/** As the program numbers it. */
function howNamed(number: string | undefined): How {
  if (number === '1') return 'timed-out';
  return number === '2' ? 'never-started' : 'ended';
}

async function ask(
  house: House,
  number: number,
  argv: readonly string[],
  { input = '', signal, timeoutSeconds }: ResidentOptions,
): Promise<Answer> {
  const { dialogue, waiting } = house;
  const giveUp = (): void => dialogue.say(`end ${String(number)}`);
  const answer = await new Promise<Answer>((resolve) => {
    const silence = setTimeout(
      () => {
        // Should the node thaw, it is not to begin then.
        giveUp();
        settle(house, number, null);
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

function settle({ waiting, dialogue }: House, number: number, answer: Answer): void {
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
