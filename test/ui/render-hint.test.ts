import { expect, test } from 'vitest';
import { type Words, words } from '../../src/model/words.ts';
import { renderHint } from '../../src/ui/render-hint.ts';
import { paper } from './paper.ts';

function hinted(given: number, now: Words | null = null): string {
  const { text, ...page } = paper();
  renderHint(
    { step: 'install', title: 'Install', hints: ['one', 'two', 'three'].slice(0, given), total: 3, now },
    page,
  );
  return text();
}

test('the newest hint is shown, with its number', () => {
  expect(hinted(2)).toBe('## Install (hint 2 of 3)\n\ntwo\n');
});

test('after the last one there is lab solve', () => {
  expect(hinted(3)).toBe('## Install (hint 3 of 3)\n\nthree\n\nThat was the last hint. `lab solve` does the step.\n');
});

test('what fails now stands before it', () => {
  expect(hinted(1, words('Now: a line', 'Là'))).toBe('## Install (hint 1 of 3)\n\nNow: a line\n\none\n');
});
