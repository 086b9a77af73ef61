import { expect, test } from 'vitest';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { settleAll } from '../../src/model/settle-all.ts';
import { words } from '../../src/model/words.ts';

const error = (code: string, what = code) =>
  new LabError(code, words(what, `${what} (fr)`), { exit: exitStatus.hostCannot, hint: words('mend it', '') });
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('what all of it came to, in its order', async () => {
  const [number, text] = await settleAll([later(10).then(() => 1), Promise.resolve('two')]);
  expect([number, text]).toEqual([1, 'two']);
  expect(await settleAll(new Set([Promise.resolve(3)]))).toEqual([3]);
  expect(await settleAll([])).toEqual([]);
});

test('nothing goes on when it comes back with a failure', async () => {
  let ended = false;
  const slow = later(30).then(() => {
    ended = true;
  });
  await expect(settleAll([Promise.reject(error('broken')), slow])).rejects.toMatchObject({ code: 'broken' });
  expect(ended).toBe(true);
});

test('the first to fail is thrown, with its exit status and hint, and the others are named', async () => {
  const second = later(10).then(() => Promise.reject(error('second', 'b is off')));
  const first = Promise.reject(error('first', 'a is off'));
  await expect(settleAll([second, first])).rejects.toMatchObject({
    code: 'first',
    exit: exitStatus.hostCannot,
    hint: { en: 'mend it' },
    what: words('a is off (Also: b is off)', 'a is off (fr) (Et aussi : b is off (fr))'),
  });
});

test('one reason is told once, many are counted', async () => {
  const same = error('interrupted', 'Interrupted.');
  await expect(settleAll([1, 2, 3].map(() => Promise.reject(same)))).rejects.toBe(same);
  const many = Array.from({ length: 6 }, (_, n) => Promise.reject(error('off', `node ${n}`)));
  await expect(settleAll(many)).rejects.toMatchObject({
    what: { en: 'node 0 (Also: node 1; node 2; node 3; and 2 more)' },
  });
});

test('a fault in lab stays what it is', async () => {
  const fault = new TypeError('no such thing');
  await expect(settleAll([Promise.reject(fault), Promise.reject(error('off'))])).rejects.toBe(fault);
});
