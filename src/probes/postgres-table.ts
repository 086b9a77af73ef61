import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** What stands in a table; two with equal content have equal checksums. */
export interface TableContent {
  readonly rows: number;
  readonly checksum: string;
}

const row = z.object({ rows: z.int(), checksum: z.string() });

/** Without the outer select: for people too. */
export function tableContentSql(table: string): string {
  return `select count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as checksum from ${table} t`;
}

/** `table`: a plain name, in small letters. Read as a whole: for the small tables of the workshop. */
export async function tableContent(
  reach: Reach,
  node: NodeDefinition,
  table: string,
): Promise<Observed<PostgresAnswer<TableContent>>> {
  const asked = await askPostgres(reach, node, tableContentSql(table), row);
  if (asked.kind === 'unseen') return asked;
  if (asked.value.kind !== 'answer') return seen(asked.value);
  const [content] = asked.value.value;
  return seen(content === undefined ? { kind: 'error', message: 'no row' } : { kind: 'answer', value: content });
}
