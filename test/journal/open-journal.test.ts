import { appendFile, chmod, type FileHandle, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal, parseJournal, readHistory } from '../../src/journal/open-journal.ts';
import { chapterId, editionName, stepId } from '../../src/model/ids.ts';

const now = (): Date => new Date('2026-01-01T00:00:00Z');
const place = { chapter: chapterId(1), step: stepId('one'), fingerprint: 'f' };
let directory = '';
let file = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lab-journal-'));
  file = join(directory, 'lab', 'journal.jsonl');
});
afterEach(() => rm(directory, { recursive: true }));

test('what was appended is read again by the next command', async () => {
  const journal = await openJournal(file, 'first', now);
  await journal.append({ kind: 'lab-created', edition: editionName('trixie'), workshop: 'w' });
  await journal.append({ kind: 'step-started', ...place });
  await journal.close();
  const history = await readHistory(file);
  expect(history.edition).toBe('trixie');
  expect(history.steps.get('chapter-1/one')?.state).toBe('interrupted');
});

test('is for its owner alone, also one that was not', async () => {
  for (const before of [null, 0o644]) {
    if (before !== null) await chmod(file, before);
    await (await openJournal(file, 'run', now)).close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
});

test('lines asked for at once keep their order and stay whole', async () => {
  const journal = await openJournal(file, 'run', now);
  await Promise.all(
    Array.from({ length: 50 }, (_, n) => journal.append({ kind: 'chapter-opened', chapter: chapterId(n + 1) })),
  );
  await journal.close();
  const read = parseJournal(await readFile(file, 'utf8'));
  expect(read.map((entry) => (entry.kind === 'chapter-opened' ? entry.chapter : ''))).toEqual(
    Array.from({ length: 50 }, (_, n) => `chapter-${String(n + 1)}`),
  );
});

test('a half-written last line counts as never written, and the next line is whole', async () => {
  const journal = await openJournal(file, 'first', now);
  await journal.append({ kind: 'step-started', ...place });
  await journal.close();
  await appendFile(file, '{"at":"2026-01-01T00:00:00.000Z","run":"first","kind":"step-compl');
  const again = await openJournal(file, 'second', now);
  expect(again.history.steps.get('chapter-1/one')?.state).toBe('interrupted');
  await again.append({ kind: 'step-completed', ...place });
  await again.close();
  expect((await readHistory(file)).steps.get('chapter-1/one')?.state).toBe('completed');
});

test('an append that fails is told, and keeps no later one from being a whole line', async () => {
  let full = false;
  const write = async (handle: FileHandle, text: string): Promise<void> => {
    await handle.appendFile(full ? text.slice(0, 40) : text);
    if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  const journal = await openJournal(file, 'run', now, write);
  await journal.append({ kind: 'step-started', ...place });
  full = true;
  await expect(journal.append({ kind: 'step-completed', ...place })).rejects.toMatchObject({
    code: 'journal-not-written',
    exit: 4,
    cause: { code: 'ENOSPC' },
  });
  expect(journal.history.steps.get('chapter-1/one')?.state).toBe('interrupted');
  await expect(journal.append({ kind: 'touched-by-hand' })).rejects.toMatchObject({ code: 'journal-not-written' });
  full = false;
  await journal.append({ kind: 'step-failed', ...place, error: 'disk-full' });
  expect(journal.history.steps.get('chapter-1/one')?.state).toBe('failed');
  await journal.close();
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(parseJournal(lines.join('\n')).map(({ kind }) => kind)).toEqual(['step-started', 'step-failed']);
});

test('every prefix of a journal, cut at any byte, folds to what its whole lines say', async () => {
  const journal = await openJournal(file, 'run', now);
  await journal.append({ kind: 'lab-created', edition: editionName('trixie'), workshop: 'w' });
  await journal.append({ kind: 'step-started', ...place });
  await journal.append({ kind: 'step-completed', ...place });
  await journal.close();
  const text = await readFile(file, 'utf8');
  for (let length = 0; length <= text.length; length++) {
    const whole = text
      .slice(0, length)
      .split('\n')
      .filter((line) => text.split('\n').includes(line) && line !== '').length;
    expect(parseJournal(text.slice(0, length))).toHaveLength(whole);
  }
});
