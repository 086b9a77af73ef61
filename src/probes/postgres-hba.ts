import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

/** A line of pg_hba.conf as PostgreSQL read it from disk (pg_hba_file_rules). */
export interface HbaRule {
  readonly file: string;
  readonly line: number;
  /** `local`, `host`, `hostssl` …; null for a line that it can't read. */
  readonly type: string | null;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** `10.0.3.0`, `all`, `samenet`; null for a local one. */
  readonly address: string | null;
  readonly netmask: string | null;
  readonly method: string | null;
  readonly error: string | null;
}

// From PostgreSQL 16 on a line may come from an included file: the view then has a file_name.
const sql = `select r.*, current_setting('hba_file') as hba_file from pg_hba_file_rules r`;

const row = z
  .object({
    hba_file: z.string(),
    file_name: z.string().nullish(),
    line_number: z.int(),
    type: z.string().nullable(),
    database: z.array(z.string()).nullable(),
    user_name: z.array(z.string()).nullable(),
    address: z.string().nullable(),
    netmask: z.string().nullable(),
    auth_method: z.string().nullable(),
    error: z.string().nullable(),
  })
  .transform((found): HbaRule => ({
    file: found.file_name ?? found.hba_file,
    line: found.line_number,
    type: found.type,
    databases: found.database ?? [],
    users: found.user_name ?? [],
    address: found.address,
    netmask: found.netmask,
    method: found.auth_method,
    error: found.error,
  }));

export function hbaRules(reach: Reach, node: NodeDefinition): Promise<Observed<PostgresAnswer<readonly HbaRule[]>>> {
  return askPostgres(reach, node, sql, row);
}
