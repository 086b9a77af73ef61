import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { workshop } from '../real/the-workshop.ts';
import { allAnswers, lessWhat, questionOf, type RecordedAnswer, type Recording } from './recording.ts';

const [same, first, second] = ['a line that both of them have', 'a second line of theirs', 'one more, for the run'];

function recording(...answers: readonly RecordedAnswer[]): Recording {
  const nothing = { made: '', whole: null, versions: {}, now: '', nodes: {}, start: null };
  return { ...nothing, roles: { leader: null, replica: null }, answers };
}

function answer(asked: string, out: RecordedAnswer['out'], exit = 0): RecordedAnswer {
  return { at: 'etcd1', asked: [asked], exit, out };
}

it('a recording leaves out what the whole chapter has too, and has it again when it is read', () => {
  const whole = recording(answer('same', 'yes'), answer('log', [same, first, second, '']), answer('gone', '1'));
  const mistake = recording(
    answer('same', 'yes'),
    answer('log', [first, second, 'new', same, '']),
    answer('gone', '2'),
  );
  const short = lessWhat(mistake, whole, 'hash');
  expect(short.whole).toBe('hash');
  expect(short.answers).toEqual([answer('log', [[1, 2], 'new', [0, 0], '']), answer('gone', '2')]);
  const all = allAnswers(short, whole);
  for (const one of mistake.answers) expect(all.get(questionOf(one))).toEqual([one]);
});

it('the same question answered twice is kept twice, in its order', () => {
  const whole = recording(answer('look', 'before'));
  const mistake = recording(answer('look', 'before'), answer('look', 'after'));
  const short = lessWhat(mistake, whole, 'hash');
  expect(short.answers).toEqual(mistake.answers);
  expect([...allAnswers(short, whole).values()].flat()).toEqual(mistake.answers);
});

it('every chapter with mistakes has a file that makes them on LXC, one for each edition', () => {
  const wanted = workshop.chapters.flatMap(({ directory, mistakes }) =>
    [...new Set(mistakes.flatMap(({ editions }) => editions))].map(
      (edition) => `${directory.split('/').at(-1) ?? ''}-${edition}`,
    ),
  );
  expect(wanted.length).toBeGreaterThan(8);
  const missing = wanted.filter((name) => !existsSync(new URL(`../real/mistakes/${name}.test.ts`, import.meta.url)));
  expect(missing).toEqual([]);
});
