import { type NodeName } from '../model/ids.ts';
import { journalLines, type JournalLine } from './journal-lines.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** systemd's catalogue number (systemd/sd-messages.h): a reload that was asked of systemd has ended. */
const reloaded = '7b05ebc668384222baa8881179cfda54';

const shown =
  '^Reloaded |No local configuration items changed|Reloading PostgreSQL configuration|INFO: Changed |Exception when reloading local configuration';

/** Patroni's lines of one reload come within milliseconds. */
const togetherUs = 2_000_000;

/**
 * When a running service last read its files again, by its own or systemd's word, in microseconds since 1970; null: not
 * since its start. To be asked only where a file is younger than the process.
 */
export async function filesReadAgain(reach: Reach, node: NodeName, unit: string): Promise<Observed<number | null>> {
  // It reads its files at its start alone.
  if (unit === 'etcd') return seen(null);
  const lines = await journalLines(reach, node, { unit, thisBoot: true, grep: shown, last: 40 });
  return lines.kind === 'unseen' ? lines : seen(lastReading(lines.value));
}

/** Oldest first. */
export function lastReading(lines: readonly JournalLine[]): number | null {
  const refused = lines.findLast(({ message }) => message.includes('Exception when reloading local configuration'));
  const behind = refused === undefined ? -Infinity : refused.atUs + togetherUs;
  return lines.findLast((line) => line.atUs > behind && tellsOfReading(line, lines))?.atUs ?? null;
}

function tellsOfReading({ messageId, jobResult, message, atUs }: JournalLine, lines: readonly JournalLine[]): boolean {
  if (messageId === reloaded) return jobResult !== 'failed';
  // Patroni read its file, and found in it what it works with.
  if (message.includes('No local configuration items changed')) return true;
  if (!message.includes('Reloading PostgreSQL configuration')) return false;
  // It says this of a changed file, and of a parameter that was changed in etcd; then it says first which one.
  return !lines.some((line) => line.message.includes('INFO: Changed ') && Math.abs(line.atUs - atUs) < togetherUs);
}
