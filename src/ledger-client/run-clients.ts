import { setMaxListeners } from 'node:events';
import { type LedgerLine } from '../ledger/ledger-line.ts';
import { seededRandom } from '../ledger/seeded-random.ts';
import { type LedgerJob } from '../model/ledger-job.ts';
import { createPace } from './pace.ts';
import { readRows } from './read-rows.ts';
import { type ClientContext, writeRows } from './write-rows.ts';

const readsPerSecond = 50;

/** Comes back once `stop` has ended and every row that was sent has come to its end. */
export async function runClients(job: LedgerJob, stop: AbortSignal, say: (text: string) => void): Promise<void> {
  setMaxListeners(0, stop);
  let [writes, reads] = [0, 0];
  const tell = (line: LedgerLine): void => {
    if (line[0] === 'write') writes += 1;
    if (line[0] === 'read') reads += 1;
    say(`${JSON.stringify(line)}\n`);
  };
  const contextOf = (client: number, perSecond: number | null): ClientContext => ({
    ...{ job, stop, now, tell },
    pace: createPace(perSecond, seededRandom(job.seed * 1000 + client), stop),
  });
  const writers = Array.from({ length: job.clients }, (_, index) =>
    writeRows(contextOf(index + 1, job.rate), index + 1),
  );
  await Promise.all([...writers, readRows(contextOf(0, readsPerSecond))]);
  tell(['end', writes, reads]);
}

/** Finer than Date.now(), to a tenth of a millisecond. */
function now(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 10) / 10;
}
