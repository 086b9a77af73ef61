import { expect, test } from 'vitest';
import { words } from '../../src/model/words.ts';
import { toEnglish } from '../../src/ui/to-english.ts';

test('words become English wherever they stand; the rest stays', () => {
  const data = { title: words('yes', 'oui'), list: [words('a', 'b'), 1, null], inner: { en: 'kept', other: true } };
  expect(toEnglish(data)).toEqual({ title: 'yes', list: ['a', 1, null], inner: { en: 'kept', other: true } });
});
