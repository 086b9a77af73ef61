import { expect, test } from 'vitest';
import { createPalette, decideColour } from '../../src/ui/colours.ts';

test.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['NO_COLOR on a terminal', { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, true, true],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR beats NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0 on a terminal', { FORCE_COLOR: '0' }, true, false],
])('colours: %s', (_, env, isTTY, expected) => {
  expect(decideColour(env, isTTY)).toBe(expected);
});

test('a palette colours, or leaves every text as it is, whatever the environment of this process says', () => {
  expect(createPalette(true).red('no')).toBe('\u001b[31mno\u001b[39m');
  for (const paint of Object.values(createPalette(false))) expect(paint('text')).toBe('text');
});
