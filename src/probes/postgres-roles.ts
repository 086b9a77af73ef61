import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

export interface DatabaseRole {
  readonly name: string;
  readonly canLogIn: boolean;
  readonly superuser: boolean;
  readonly replication: boolean;
}

const sql = `
select rolname as name, rolcanlogin as can_log_in, rolsuper as superuser, rolreplication as replication
  from pg_roles where rolname !~ '^pg_' order by rolname`;

const row = z
  .object({ name: z.string(), can_log_in: z.boolean(), superuser: z.boolean(), replication: z.boolean() })
  .transform(({ can_log_in, ...rest }): DatabaseRole => ({ ...rest, canLogIn: can_log_in }));

/** Without PostgreSQL's own pg_… roles. */
export function databaseRoles(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PostgresAnswer<readonly DatabaseRole[]>>> {
  return askPostgres(reach, node, sql, row);
}
