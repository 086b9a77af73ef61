import { type LedgerLine, type WriteOutcome } from '../ledger/ledger-line.ts';
import { type LedgerJob } from '../model/ledger-job.ts';
import { type Connection } from './connect.ts';
import { findServer } from './find-server.ts';
import { type Pace } from './pace.ts';

export interface ClientContext {
  readonly job: LedgerJob;
  readonly stop: AbortSignal;
  readonly pace: Pace;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: (line: LedgerLine) => void;
}

const insert = 'insert into ledger_rows (run, client, n) values ($1, $2, $3)';

/**
 * One client: rows 1, 2, 3 … one after the other, each in a transaction of its own and each tried once: a number that was
 * sent and not acknowledged is never sent again, so that nothing hides what became of it.
 */
export async function writeRows(context: ClientContext, client: number): Promise<void> {
  const { job, stop, pace, now, tell } = context;
  const open = findServer(job, job.write, { wanted: 'read-write', first: client });
  let connection: Connection | null = null;
  for (let n = 1; !stop.aborted; n++) {
    const began = now();
    let outcome: WriteOutcome = 'unsent';
    try {
      connection ??= await open();
      outcome = 'unanswered';
      const answer = await connection.query('insert', insert, [job.run, client, n]);
      if (answer.rowCount === 1 && !answer.warned) outcome = 'acknowledged';
    } catch (error) {
      if (outcome !== 'unsent') tell(['broken', client, now(), String(error)]);
      connection?.drop();
      connection = null;
    }
    tell(['write', client, n, began, now(), outcome]);
    await pace(outcome === 'acknowledged');
  }
  connection?.drop();
}
