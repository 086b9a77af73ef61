// Starting curl in the lab's network takes two programs and 20 ms of a core, with a certificate in a node twice that, and a
// wait asks many times a second: questions are put by one process that stays there as long as the command runs
// (src/seat.ts). To those who ask it looks like curl.

import { statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { byLine } from '../../../model/by-line.ts';
import { type CommandResult } from '../../../model/command.ts';
import { type NumberedAnswer, type NumberedQuestion, type SeatAnswer } from '../../../model/seat-question.ts';
import { type Dialogue, startDialogue } from '../../../process/start-dialogue.ts';
import { asCurlAnswers } from './as-curl-answers.ts';
import { type CurlsPlace, readQuestion } from './read-question.ts';

export interface Seat {
  /** The result of these arguments of curl in the lab's network; null: curl itself has to be asked. */
  ask(argv: readonly string[], place?: CurlsPlace & { readonly signal?: AbortSignal }): Promise<CommandResult | null>;
}

/** The process, in the network that has this inode: one that is made anew under the same name is another one. */
interface Seated {
  readonly network: bigint;
  readonly dialogue: Dialogue;
  readonly waiting: Map<number, (answer: SeatAnswer) => void>;
  answered: boolean;
}

/** `program` starts the seat's process, `network` is the path of the lab's network namespace. */
export function createSeat(program: readonly string[], network: string): Seat {
  let seated: Seated | undefined;
  let usable = true;
  let asked = 0;
  const leave = (one: Seated): void => {
    // One that can't do its work is not started again and again.
    if (!one.answered) usable = false;
    if (seated === one) seated = undefined;
  };
  const sit = (): Seated | null => {
    const inode = inodeOf(network);
    if (seated !== undefined && seated.network !== inode) {
      seated.dialogue.end();
      seated = undefined;
    }
    if (!usable || inode === null) return null;
    return (seated ??= takeSeat(['nsenter', `--net=${network}`, '--', ...program], inode, leave));
  };
  return {
    ask: async (argv, { signal, ...place } = {}) => {
      const read = readQuestion(argv, place);
      const at = read === null || signal?.aborted ? null : sit();
      if (read === null || at === null) return null;
      const began = performance.now();
      asked += 1;
      const answer = await put(at, { number: asked, question: read.question }, signal);
      return asCurlAnswers(read, answer, { argv, seconds: (performance.now() - began) / 1000 });
    },
  };
}

function takeSeat(argv: readonly string[], network: bigint, onEnd: (seat: Seated) => void): Seated {
  const decoder = new StringDecoder('utf8');
  const hear = byLine((line) => {
    const { number, answer } = JSON.parse(line) as NumberedAnswer;
    seat.answered = true;
    settle(seat, number, answer);
  });
  const dialogue = startDialogue(argv, {
    onPiece: (piece) => hear(decoder.write(piece)),
    onEnd: () => {
      onEnd(seat);
      for (const number of [...seat.waiting.keys()]) settle(seat, number, { kind: 'other' });
    },
  });
  const seat: Seated = { network, dialogue, waiting: new Map(), answered: false };
  return seat;
}

async function put(seat: Seated, put: NumberedQuestion, signal: AbortSignal | undefined): Promise<SeatAnswer> {
  const giveUp = (): void => settle(seat, put.number, { kind: 'other' });
  signal?.addEventListener('abort', giveUp);
  const answer = await new Promise<SeatAnswer>((resolve) => {
    seat.waiting.set(put.number, resolve);
    seat.dialogue.expect(true);
    seat.dialogue.say(JSON.stringify(put));
  });
  signal?.removeEventListener('abort', giveUp);
  return answer;
}

function settle(seat: Seated, number: number, answer: SeatAnswer): void {
  const resolve = seat.waiting.get(number);
  seat.waiting.delete(number);
  if (seat.waiting.size === 0) seat.dialogue.expect(false);
  resolve?.(answer);
}

/** null: there is no such network. */
function inodeOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}
