import { type Words } from '../model/words.ts';
import { type JournalLine } from '../probes/journal-lines.ts';
import { readableMessage } from './readable-message.ts';
import { type TellTale } from './tell-tale.ts';
import { tellTales } from './tell-tales.ts';

/** What the newest line that is in the service's table means; null when none is. */
export function tellingLine(lines: readonly JournalLine[], service: string): Words | null {
  const table = tellTales.filter((tale) => tale.unit === service);
  return (
    newest(
      lines,
      table.filter(({ passing }) => passing !== true),
    ) ?? newest(lines, table)
  );
}

function newest(lines: readonly JournalLine[], table: readonly TellTale[]): Words | null {
  for (const line of lines.toReversed()) {
    const message = readableMessage(line.message);
    for (const tale of table) {
      const match = tale.pattern.exec(message);
      if (match !== null) return tale.cause(match);
    }
  }
  return null;
}
