// One small program stays where programs are to be started, for as long as a command of lab runs, and starts them there: in
// a node, since going in takes three programs each time; on this machine, since lab itself is slow at it.

import { type CommandOptions, type CommandResult } from '../../model/command.ts';
import { stretched } from '../../clock/machine-time.ts';
import { mostOutput, saidTooMuch } from '../most-output.ts';
import { type Dialogue, startDialogue } from '../start-dialogue.ts';
import { type Answer, readAnswers } from './read-answers.ts';
import { type Manners, residentArguments } from './resident-program.ts';

export interface Resident {
  /**
   * The result of a program that it started. null: the program was not started, since it never came to stay, has said what
   * lab's program does not say, or owes the answer to an earlier question.
   */
  run(argv: readonly string[], options: ResidentOptions): Promise<ResidentResult | null>;
  /** Another one may move in. Not after nonsense: whoever spoke it would speak again. */
  ended(): boolean;
}

export type ResidentOptions = Pick<CommandOptions, 'input' | 'signal' | 'maxBytes'> & {
  readonly timeoutSeconds: number;
};

/** `started`: false when it could not be, with the exit status 126 or 127 as a shell has it. */
export type ResidentResult = CommandResult & { readonly started: boolean };

interface Question {
  readonly mostBytes: number;
  /** Null: its answer will never come. */
  readonly settle: (answer: Answer | null) => void;
}

interface House {
  readonly dialogue: Dialogue;
  readonly waiting: Map<number, Question>;
  /** Nobody waits any more, and the answer may still come: from a node that was frozen. By number: what it may bring. */
  readonly owed: Map<number, number>;
  ready: boolean;
  ended: boolean;
  nonsense: boolean;
}

/** After its own end of a program's time: a node that is frozen meanwhile does not answer. */
const silenceSeconds = 5;

/** Bytes that any answer may have: what says that a program could not be started. */
const roomForWords = 64 * 1024;

/** `goIn`: the arguments that start a program there. `name`: who does not answer, when that is so. */
export function moveIn(name: string, goIn: (argv: readonly string[]) => readonly string[], manners: Manners): Resident {
  const house = enter(goIn(residentArguments(manners)));
  let asked = 0;
  return {
    ended: () => house.ended && !house.nonsense,
    run: async (argv, options) => {
      if (options.signal?.aborted || house.nonsense || house.owed.size > 0) return null;
      const began = performance.now();
      asked += 1;
      const answer = await ask(house, asked, argv, options);
      const without = answer === null ? whyNone(house) : null;
      if (without === 'never-came') return null;
      const how = answer?.how ?? (without === 'silent' ? 'timed-out' : 'ended');
      const said = answer ?? {
        stdout: '',
        stderr: `${name} ${without === 'nonsense' ? 'answers nonsense' : 'does not answer'}\n`,
      };
      const timedOut = how === 'timed-out';
      const cancelled = options.signal?.aborted === true && (answer === null || answer.status !== 0);
      return {
        argv,
        stdout: said.stdout,
        stderr: said.stderr,
        // As `timeout` says it.
        exitStatus: timedOut ? 124 : (answer?.status ?? null),
        ...(how === 'said-too-much' && saidTooMuch(argv, mostBytesOf(options))),
        timedOut,
        cancelled,
        seconds: (performance.now() - began) / 1000,
        started: how !== 'never-started',
      };
    },
  };
}

/** Why a question has no answer. `never-came`: it was not heard either. */
function whyNone({ ready, ended, nonsense }: House): 'nonsense' | 'never-came' | 'gone' | 'silent' {
  if (nonsense) return 'nonsense';
  if (!ended) return 'silent';
  return ready ? 'gone' : 'never-came';
}

function mostBytesOf({ maxBytes = mostOutput }: ResidentOptions): number {
  return maxBytes;
}

function enter(argv: readonly string[]): House {
  const settleAll = (): void => {
    for (const number of [...house.waiting.keys()]) settle(house, number, null);
  };
  const dialogue = startDialogue(argv, {
    onPiece: readAnswers({
      onReady: () => {
        house.ready = true;
      },
      mostBytes: (number) => house.waiting.get(number)?.mostBytes ?? house.owed.get(number) ?? null,
      onAnswer: (answer) => settle(house, answer.number, answer),
      onNonsense: () => {
        house.nonsense = true;
        dialogue.kill();
        settleAll();
      },
    }),
    onEnd: () => {
      house.ended = true;
      house.owed.clear();
      settleAll();
    },
  });
  const house: House = {
    dialogue,
    waiting: new Map(),
    owed: new Map(),
    ready: false,
    ended: false,
    nonsense: false,
  };
  return house;
}

async function ask(
  house: House,
  number: number,
  argv: readonly string[],
  options: ResidentOptions,
): Promise<Answer | null> {
  const { dialogue, waiting, owed } = house;
  const { input = '', signal } = options;
  // It has no other clock than the one on the wall.
  const timeoutSeconds = stretched(options.timeoutSeconds);
  const mostBytes = Math.max(mostBytesOf(options), roomForWords);
  const giveUp = (): void => dialogue.say(`end ${String(number)}`);
  const answer = await new Promise<Answer | null>((resolve) => {
    const silence = setTimeout(
      () => {
        // Should the node thaw, it is not to begin then.
        giveUp();
        owed.set(number, mostBytes);
        settle(house, number, null);
      },
      (timeoutSeconds + silenceSeconds) * 1000,
    );
    waiting.set(number, {
      mostBytes,
      settle: (answered) => {
        clearTimeout(silence);
        resolve(answered);
      },
    });
    signal?.addEventListener('abort', giveUp);
    dialogue.expect(true);
    const words = [hexadecimal(input), ...argv.map(hexadecimal)];
    dialogue.say(['run', number, timeoutSeconds, mostBytesOf(options), ...words].join(' '));
  });
  signal?.removeEventListener('abort', giveUp);
  return answer;
}

function settle({ waiting, owed, dialogue }: House, number: number, answer: Answer | null): void {
  const question = waiting.get(number);
  waiting.delete(number);
  if (answer !== null) owed.delete(number);
  if (waiting.size === 0) dialogue.expect(false);
  question?.settle(answer);
}

function hexadecimal(value: string): string {
  return value === '' ? '-' : Buffer.from(value, 'utf8').toString('hex');
}
