import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

const row = z.object({ at: z.number() });

/** When rows with this note were written, seconds since 1970; `table`: a plain name. */
export function noteTimes(
  reach: Reach,
  node: NodeDefinition,
  table: string,
  note: string,
): Promise<Observed<PostgresAnswer<readonly { readonly at: number }[]>>> {
  return askPostgres(reach, node, noteTimesSql(table, note), row);
}

export function noteTimesSql(table: string, note: string): string {
  return `select extract(epoch from written_at)::float8 as at from ${table} where note = '${note.replaceAll("'", "''")}'`;
}
