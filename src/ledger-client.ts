// The clients of `lab measure`: a process of its own inside the lab's network. It gets its job on standard input, writes
// what happens to standard output, and ends with SIGTERM, with its reader, or when its time is over.

import { text } from 'node:stream/consumers';
import { runClients } from './ledger-client/run-clients.ts';
import { type LedgerJob } from './model/ledger-job.ts';

const job = JSON.parse(await text(process.stdin)) as LedgerJob;
const stop = new AbortController();
const end = (): void => stop.abort();
// eslint-disable-next-line no-restricted-properties -- a program of its own, which has no other way to be told
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
// Whoever wants the record is gone.
process.stdout.on('error', end);
const most = setTimeout(end, job.mostSeconds * 1000);

// Written in pieces: a system call a row would make the clients slower than what they measure.
let pending = '';
const flush = (): void => {
  if (pending !== '') process.stdout.write(pending);
  pending = '';
};
const flushing = setInterval(flush, 50);
await runClients(job, stop.signal, (line) => {
  pending += line;
});
clearInterval(flushing);
clearTimeout(most);
flush();
