// The append-only record of a lab: intent before the effect, outcome after, each line on the disk before it counts.

import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LabHistory } from '../model/lab-history.ts';
import { foldJournal } from './fold-journal.ts';
import { type JournalFact } from '../model/journal-fact.ts';
import { type JournalEntry } from './journal-entry.ts';

export interface Journal {
  /** What its lines say now. */
  readonly history: LabHistory;
  /** Comes back once the line is on the disk. */
  readonly append: (fact: JournalFact) => Promise<void>;
  close(): Promise<void>;
}

/** A line that was cut off in the middle (power lost, disk full) counts as never written and is ended before the next. */
export async function openJournal(file: string, run: string, now: () => Date): Promise<Journal> {
  await mkdir(dirname(file), { recursive: true });
  const text = await readText(file);
  const handle = await open(file, 'a', 0o600);
  // One of an older lab.
  await handle.chmod(0o600);
  if (text !== '' && !text.endsWith('\n')) await handle.write('\n');
  let last: Promise<void> = Promise.resolve();
  let entries = parseJournal(text);
  return {
    get history() {
      return foldJournal(entries);
    },
    append: (fact) => {
      const entry: JournalEntry = { at: now().toISOString(), run, ...fact };
      // Lines keep the order in which they were asked for, also when several nodes report at once.
      last = last.then(() => writeLine(handle, JSON.stringify(entry)));
      entries = [...entries, entry];
      return last;
    },
    close: async () => {
      await last.catch(() => undefined);
      await handle.close();
    },
  };
}

/** Reads without locking: for commands that change nothing. A missing file is an empty history. */
export async function readHistory(file: string): Promise<LabHistory> {
  return foldJournal(parseJournal(await readText(file)));
}

/** Lines that aren't whole JSON objects are passed over: they were never completed. */
export function parseJournal(text: string): readonly JournalEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isEntry(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function isEntry(value: unknown): value is JournalEntry {
  return typeof value === 'object' && value !== null && 'kind' in value && 'run' in value;
}

async function writeLine(handle: FileHandle, line: string): Promise<void> {
  await handle.write(`${line}\n`);
  await handle.datasync();
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
