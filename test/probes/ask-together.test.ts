import { describe, expect, it } from 'vitest';
import { askTogether } from '../../src/probes/ask-together.ts';

/** Rounds that go on until they are told to end. */
function openRounds(answer = (question: string) => `${question}!`) {
  const rounds: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const ask = askTogether<string>({
    put: async (questions) => {
      rounds.push(questions);
      await new Promise<void>((resolve) => ends.push(resolve));
      return questions.map(answer);
    },
    isSameForAll: (said) => said === 'nobody',
  });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await turn();
  };
  return { ask, rounds, end, turn };
}

describe('questions that are put together', () => {
  it('are those of one moment, then those that gathered while a round went on', async () => {
    const { ask, rounds, end, turn } = openRounds();
    const first = [ask('a'), ask('b')];
    await turn();
    const second = [ask('c'), ask('d')];
    await turn();
    expect(rounds).toEqual([['a', 'b']]);
    await end();
    await end();
    expect(rounds).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(await Promise.all([...first, ...second])).toEqual(['a!', 'b!', 'c!', 'd!']);
  });

  it('are put once', async () => {
    const { ask, rounds, end, turn } = openRounds();
    const answers = [ask('a'), ask('a')];
    await turn();
    await end();
    expect(await Promise.all([...answers, ask('a')])).toEqual(['a!', 'a!', 'a!']);
    expect(rounds).toEqual([['a']]);
  });

  it('have the answer of the round before when it is the same for all', async () => {
    const { ask, rounds, end, turn } = openRounds(() => 'nobody');
    const first = ask('a');
    await turn();
    const second = ask('b');
    await end();
    expect(await Promise.all([first, second])).toEqual(['nobody', 'nobody']);
    const third = ask('c');
    await turn();
    await end();
    expect(await third).toBe('nobody');
    expect(rounds).toEqual([['a'], ['c']]);
  });

  it('fail together, and the next round goes on', async () => {
    let times = 0;
    const ask = askTogether<string>({
      put: (questions) => (times++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve(questions)),
      isSameForAll: () => false,
    });
    await expect(Promise.all([ask('a'), ask('b')])).rejects.toThrow('no');
    expect(await ask('c')).toBe('c');
  });
});
