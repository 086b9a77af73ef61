// What the process of the clients says, one JSON array a line. Times are milliseconds since 1970; the nodes have the same
// clock.

import { byLine } from '../model/by-line.ts';

/** `acknowledged`: the server said that the row is committed. `unanswered`: it was sent, and that is all. */
export type WriteOutcome = 'acknowledged' | 'unanswered' | 'unsent';

export interface WriteTry {
  readonly client: number;
  readonly n: number;
  readonly began: number;
  readonly done: number;
  readonly outcome: WriteOutcome;
}

export interface ReadTry {
  readonly began: number;
  readonly done: number;
  readonly ok: boolean;
}

export type LedgerLine =
  | readonly ['write', client: number, n: number, began: number, done: number, outcome: WriteOutcome]
  | readonly ['read', began: number, done: number, ok: boolean]
  /** A connection that stood broke. */
  | readonly ['broken', client: number, at: number, why: string]
  /** Nothing follows: as many writes and reads as were told. Without it the record is not whole. */
  | readonly ['end', writes: number, reads: number];

/** What the clients did, as far as it was told. */
export interface LedgerRecord {
  readonly writes: readonly WriteTry[];
  readonly reads: readonly ReadTry[];
  readonly broken: readonly { readonly at: number; readonly why: string }[];
  readonly whole: boolean;
}

/** Takes the output in pieces, as it comes. */
export function recordLedger(): { hear(text: string): void; readonly record: LedgerRecord } {
  const writes: WriteTry[] = [];
  const reads: ReadTry[] = [];
  const broken: { at: number; why: string }[] = [];
  let whole = false;
  const take = (line: LedgerLine): void => {
    switch (line[0]) {
      case 'write': {
        const [, client, n, began, done, outcome] = line;
        writes.push({ client, n, began, done, outcome });
        return;
      }
      case 'read':
        reads.push({ began: line[1], done: line[2], ok: line[3] });
        return;
      case 'broken':
        broken.push({ at: line[2], why: line[3] });
        return;
      case 'end':
        whole = line[1] === writes.length && line[2] === reads.length;
    }
  };
  return {
    hear: byLine((line) => {
      if (line.startsWith('[')) take(JSON.parse(line) as LedgerLine);
    }),
    get record() {
      return { writes, reads, broken, whole };
    },
  };
}
