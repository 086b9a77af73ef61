import { type JournalFact } from '../model/journal-fact.ts';

/** One line of labs/NAME/journal.jsonl. `at` is ISO 8601 in UTC; `run` groups the lines of one command. */
export type JournalEntry = { readonly at: string; readonly run: string } & JournalFact;
