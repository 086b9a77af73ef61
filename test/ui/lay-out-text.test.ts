import { expect, test } from 'vitest';
import { createPalette } from '../../src/ui/colours.ts';
import { alignColumns, labelledLines, visibleWidth, wrapLine } from '../../src/ui/lay-out-text.ts';

test('a line is broken at its spaces and keeps its indentation', () => {
  expect(wrapLine('  one two three four', 11)).toEqual(['  one two', '  three', '  four']);
});

test('a line that fits is not touched, not even its double spaces', () => {
  expect(wrapLine('a  b', 4)).toEqual(['a  b']);
});

test('a word that is too wide is left whole', () => {
  expect(wrapLine('see /etc/patroni/config.yml now', 10)).toEqual(['see', '/etc/patroni/config.yml', 'now']);
});

test('colours take no room', () => {
  const { red } = createPalette(true);
  expect(visibleWidth(red('four'))).toBe(4);
  expect(wrapLine(`${red('one')} ${red('two')}`, 7)).toHaveLength(1);
});

test('a non-breaking space does not break', () => {
  expect(wrapLine('Chapitre 2\u00a0: Patroni', 11)).toEqual(['Chapitre', '2\u00a0: Patroni']);
});

test('cells stand under each other, coloured or not, and nothing trails', () => {
  const { green } = createPalette(true);
  expect(
    alignColumns([
      ['a', 'bb', ''],
      [green('ccc'), 'd', 'e'],
    ]),
  ).toEqual(['a    bb', `${green('ccc')}  d   e`]);
});

test('texts keep clear of their labels; commands are not broken', () => {
  const lines = labelledLines(
    [
      { label: 'hint', text: 'look at the journal' },
      { label: 'command', text: 'journalctl -u patroni -n 20', whole: true },
    ],
    22,
  );
  expect(lines).toEqual(['hint     look at the', '         journal', 'command  journalctl -u patroni -n 20']);
});
