import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

/** A parameter as PostgreSQL uses it now (pg_settings). */
export interface PostgresSetting {
  readonly name: string;
  /** In its unit. */
  readonly value: string;
  /** `8kB`, `MB`, `ms`, `s`, `min` …; null for what has none. */
  readonly unit: string | null;
  readonly type: 'bool' | 'integer' | 'real' | 'string' | 'enum';
  /** A changed value waits for a restart. */
  readonly pendingRestart: boolean;
}

const sql = 'select name, setting as value, unit, vartype as type, pending_restart from pg_settings';

const row = z
  .object({
    name: z.string(),
    value: z.string().nullable(),
    unit: z.string().nullable(),
    type: z.enum(['bool', 'integer', 'real', 'string', 'enum']),
    pending_restart: z.boolean(),
  })
  .transform(({ name, value, unit, type, pending_restart }): PostgresSetting => ({
    name,
    value: value ?? '',
    unit,
    type,
    pendingRestart: pending_restart,
  }));

export function postgresSettings(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PostgresAnswer<readonly PostgresSetting[]>>> {
  return askPostgres(reach, node, sql, row);
}

/** Names in `postgresql.parameters` that this PostgreSQL doesn't have, and Patroni leaves out. With a dot: an extension's. */
export function unknownParameters(
  parameters: Readonly<Record<string, unknown>>,
  settings: readonly PostgresSetting[],
): readonly string[] {
  const known = new Set(settings.map(({ name }) => name.toLowerCase()));
  return Object.keys(parameters).filter((name) => !known.has(name.toLowerCase()) && !name.includes('.'));
}
