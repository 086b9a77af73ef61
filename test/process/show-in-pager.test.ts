import { expect, test } from 'vitest';
import { showInPager } from '../../src/process/show-in-pager.ts';

test('the pager gets the text, and is told where to begin', async () => {
  expect(await showInPager('test "$(cat)" = "one two" && test "$LESS" = FRX+7 || exit 127', 'one two', 7)).toBe(true);
});

test('one that is not there is told, one that was left early is not', async () => {
  expect(await showInPager('exec no-such-pager 2> /dev/null', 'text', 1)).toBe(false);
  expect(await showInPager('exit 1', 'x'.repeat(1_000_000), 1)).toBe(true);
});
