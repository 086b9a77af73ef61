import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

/** A numbered row, and when it was written; seconds since 1970. */
export interface NumberedRow {
  readonly n: number;
  readonly at: number;
}

const row = z.object({ n: z.int(), at: z.number() });

/** Without the outer select: for people too. */
export function numbersSql(table: string): string {
  return `select n, extract(epoch from written_at)::float8 as at from ${table} order by n`;
}

/** `table`: a plain name. */
export function numberedRows(
  reach: Reach,
  node: NodeDefinition,
  table: string,
): Promise<Observed<PostgresAnswer<readonly NumberedRow[]>>> {
  return askPostgres(reach, node, numbersSql(table), row);
}
