import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { words, type Language } from '../../src/model/words.ts';
import { askYesNo } from '../../src/ui/ask-yes-no.ts';

const question = words('Remove the lab?', 'Supprimer le lab ?');

/** A person who waits for the question, then types. */
function person(typed: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  let seen = '';
  output.on('data', (chunk: Buffer) => {
    if (seen === '') setImmediate(() => input.write(typed));
    seen += chunk.toString();
  });
  return { input, output, seen: () => seen };
}

function asked(typed: string, language: Language = 'en'): Promise<boolean> {
  return askYesNo(question, language, person(typed));
}

test('yes is yes, no is no, and a bare Enter is no', async () => {
  expect(await asked('y\n')).toBe(true);
  expect(await asked('n\n')).toBe(false);
  expect(await asked('\n')).toBe(false);
});

test('Ctrl-D is no, also behind a y', async () => {
  expect(await asked('\u0004')).toBe(false);
  expect(await asked('y\u0004')).toBe(false);
});

test('oui is yes in French, and the question is French', async () => {
  const someone = person('oui\n');
  expect(await askYesNo(question, 'fr', someone)).toBe(true);
  expect(someone.seen()).toContain('Supprimer le lab ?');
  expect(someone.seen()).toContain('o/N');
  expect(await asked('non\n', 'fr')).toBe(false);
});

test('without a terminal nobody is asked: a usage error that names --yes', async () => {
  const nobody = { input: new PassThrough(), output: new PassThrough() };
  await expect(askYesNo(question, 'en', nobody)).rejects.toMatchObject({
    code: 'needs-yes',
    exit: 2,
    hint: { en: expect.stringContaining('--yes') as string, fr: expect.stringContaining('--yes') as string },
  });
  expect(nobody.output.read()).toBeNull();
});

test('Ctrl-C is an interruption', async () => {
  await expect(asked('\u0003')).rejects.toMatchObject({ code: 'interrupted', exit: 130 });
});
