import { expect, test } from 'vitest';
import { renderHint } from '../../src/ui/render-hint.ts';
import { paper } from './paper.ts';

function hinted(given: number): string {
  const { text, ...page } = paper();
  renderHint({ step: 'install', title: 'Install', hints: ['one', 'two', 'three'].slice(0, given), total: 3 }, page);
  return text();
}

test('the newest hint is shown, with its number', () => {
  expect(hinted(2)).toBe('## Install (hint 2 of 3)\n\ntwo\n');
});

test('after the last one there is lab solve', () => {
  expect(hinted(3)).toBe('## Install (hint 3 of 3)\n\nthree\n\nThat was the last hint. `lab solve` does the step.\n');
});
