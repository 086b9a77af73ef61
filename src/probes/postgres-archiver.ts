import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** What PostgreSQL's archiver did since its statistics began (pg_stat_archiver). Times in seconds since 1970. */
export interface Archiver {
  readonly archived: number;
  readonly lastArchived: string | null;
  readonly lastArchivedAt: number | null;
  readonly failed: number;
  readonly lastFailed: string | null;
  readonly lastFailedAt: number | null;
  /** Complete segments that wait to be archived. */
  readonly waiting: number;
}

export const archiverSql = 'select * from pg_stat_archiver';

const sql = `select archived_count, last_archived_wal, extract(epoch from last_archived_time)::float8 as archived_at,
failed_count, last_failed_wal, extract(epoch from last_failed_time)::float8 as failed_at,
(select count(*)::int from pg_ls_archive_statusdir() where name like '%.ready') as waiting from pg_stat_archiver`;

const row = z
  .object({
    archived_count: z.int(),
    last_archived_wal: z.string().nullable(),
    archived_at: z.number().nullable(),
    failed_count: z.int(),
    last_failed_wal: z.string().nullable(),
    failed_at: z.number().nullable(),
    waiting: z.int(),
  })
  .transform((one): Archiver => ({
    archived: one.archived_count,
    lastArchived: one.last_archived_wal,
    lastArchivedAt: one.archived_at,
    failed: one.failed_count,
    lastFailed: one.last_failed_wal,
    lastFailedAt: one.failed_at,
    waiting: one.waiting,
  }));

export async function archiver(reach: Reach, node: NodeDefinition): Promise<Observed<PostgresAnswer<Archiver>>> {
  const asked = await askPostgres(reach, node, sql, row);
  if (asked.kind === 'unseen') return asked;
  if (asked.value.kind !== 'answer') return seen(asked.value);
  const [one] = asked.value.value;
  return seen(one === undefined ? { kind: 'error', message: 'no row' } : { kind: 'answer', value: one });
}
