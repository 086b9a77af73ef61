import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

const row = z.object({ note: z.string() });

/** Without the outer select: for people too. */
export function notesSql(table: string, notes: readonly string[]): string {
  const list = notes.map((note) => `'${note.replaceAll("'", "''")}'`).join(', ');
  return `select distinct note from ${table} where note in (${list})`;
}

/** Which of these notes stand in the table; `table`: a plain name. */
export function notesIn(
  reach: Reach,
  node: NodeDefinition,
  table: string,
  notes: readonly string[],
): Promise<Observed<PostgresAnswer<readonly { readonly note: string }[]>>> {
  return askPostgres(reach, node, notesSql(table, notes), row);
}

const time = z.object({ at: z.number() });

/** When the rows with that note were written, seconds since 1970. */
export function noteTimes(
  reach: Reach,
  node: NodeDefinition,
  table: string,
  note: string,
): Promise<Observed<PostgresAnswer<readonly { readonly at: number }[]>>> {
  const sql = `select extract(epoch from written_at)::float8 as at from ${table} where note = '${note.replaceAll("'", "''")}'`;
  return askPostgres(reach, node, sql, time);
}
