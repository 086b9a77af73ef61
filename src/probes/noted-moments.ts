import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

/** When the last row with a note was begun; seconds since 1970. */
export interface NotedMoment {
  readonly note: string;
  readonly at: number;
}

const row = z.object({ note: z.string(), at: z.number() });

/** Without the outer select: for people too. */
export function notedMomentsSql(table: string, notes: readonly string[]): string {
  const list = notes.map((note) => `'${note.replaceAll("'", "''")}'`).join(', ');
  return `select note, extract(epoch from max(written_at))::float8 as at from ${table} where note in (${list}) group by note`;
}

export function notedMoments(
  reach: Reach,
  node: NodeDefinition,
  table: string,
  notes: readonly string[],
): Promise<Observed<PostgresAnswer<readonly NotedMoment[]>>> {
  return askPostgres(reach, node, notedMomentsSql(table, notes), row);
}
