import { setImmediate } from 'node:timers/promises';

/** How questions are put, several at a time. */
export interface RoundOfQuestions<Answer> {
  /** The answers, in the order of the questions. */
  readonly put: (questions: readonly string[]) => Promise<readonly Answer[]>;
  /** When this is true of every answer of a round, those who asked while it went on have the same answer. */
  readonly isSameForAll: (answer: Answer) => boolean;
}

interface Waiting<Answer> {
  readonly question: string;
  readonly resolve: (answer: Answer | PromiseLike<Answer>) => void;
}

/**
 * A way to ask that puts questions together: while one round goes on, further questions gather, and the next round takes
 * all of them. The same question is put once.
 */
export function askTogether<Answer>(round: RoundOfQuestions<Answer>): (question: string) => Promise<Answer> {
  const asked = new Map<string, Promise<Answer>>();
  let waiting: readonly Waiting<Answer>[] = [];
  const take = (): readonly Waiting<Answer>[] => {
    const taken = waiting;
    waiting = [];
    return taken;
  };
  let goesOn = false;
  const putRounds = async (): Promise<void> => {
    goesOn = true;
    // Those who ask at the same time as the first one are in its round.
    await setImmediate();
    while (waiting.length > 0) {
      const taken = take();
      const answers = round.put(taken.map(({ question }) => question));
      for (const [index, { resolve }] of taken.entries()) resolve(answers.then((all) => all[index] as Answer));
      const [common, ...others] = await answers.catch(() => []);
      if (common !== undefined && [common, ...others].every(round.isSameForAll))
        for (const { resolve } of take()) resolve(common);
    }
    goesOn = false;
  };
  return (question) => {
    const known = asked.get(question);
    if (known !== undefined) return known;
    const answer = new Promise<Answer>((resolve) => {
      waiting = [...waiting, { question, resolve }];
    });
    asked.set(question, answer);
    if (!goesOn) void putRounds();
    return answer;
  };
}
