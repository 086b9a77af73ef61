// The append-only record of a lab: intent before the effect, outcome after, each line on the disk before it counts.

import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readGrowing } from './read-growing.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type LabHistory } from '../model/lab-history.ts';
import { foldJournal } from './fold-journal.ts';
import { type JournalFact } from '../model/journal-fact.ts';
import { words } from '../model/words.ts';
import { type JournalEntry } from './journal-entry.ts';

export interface Journal {
  /** What its lines say now, also those that another command wrote meanwhile: somebody had a shell in a node. */
  readonly history: LabHistory;
  /** Comes back once the line is on the disk. */
  readonly append: (fact: JournalFact) => Promise<void>;
  close(): Promise<void>;
}

/**
 * A line that was cut off in the middle (power lost, disk full) counts as never written and is ended before the next. An
 * append that fails throws `journal-not-written`, and keeps no later one from being written.
 */
export async function openJournal(
  file: string,
  run: string,
  now: () => Date,
  write: typeof writeText = writeText,
): Promise<Journal> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a+', 0o600);
  // One of an older lab.
  await handle.chmod(0o600);
  const growing = readGrowing(handle.fd);
  let entries: readonly JournalEntry[] = [];
  let closed = false;
  const catchUp = (): void => {
    if (!closed) entries = [...entries, ...parseJournal(growing.newLines())];
  };
  const writeLine = async (entry: JournalEntry): Promise<void> => {
    catchUp();
    await write(handle, `${growing.isCutOff() ? '\n' : ''}${JSON.stringify(entry)}\n`).catch((error: unknown) => {
      throw notWritten(file, entry, error);
    });
  };
  let last: Promise<void> = Promise.resolve();
  return {
    get history() {
      catchUp();
      return foldJournal(entries);
    },
    append: (fact) => {
      const entry: JournalEntry = { at: now().toISOString(), run, ...fact };
      // Lines keep the order in which they were asked for, also when several nodes report at once.
      const written = last.then(() => writeLine(entry));
      last = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await last;
      catchUp();
      closed = true;
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

/** All of it: a disk that becomes full may take a part without a word. */
async function writeText(handle: FileHandle, text: string): Promise<void> {
  await handle.appendFile(text);
  await handle.datasync();
}

function notWritten(file: string, { kind }: JournalEntry, cause: unknown): LabError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LabError(
    'journal-not-written',
    words(
      `The lab's journal ${file} did not take a line whole (${kind}): ${why}`,
      `Le journal du lab, ${file}, n'a pas pris une ligne en entier (${kind}) : ${why}`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'What the line was about is done again, or looked at again, by the next command.',
        'La commande suivante refait, ou revérifie, ce dont parlait cette ligne.',
      ),
      cause,
    },
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
