import * as z from 'zod';
import { asSuperuser } from './psql-in-node.ts';
import { awaitLeader } from './await-leader.ts';
import { defineAction } from './kind.ts';

/**
 * The roles of Patroni's `postgresql.authentication`, made where they are missing. Patroni makes them once, between initdb
 * and the leader key: one that is restarted there finds a database, leads it, and never makes them. Once there is a leader
 * nobody else makes them at the same time.
 */
export const makeMissingRoles = defineAction({
  name: 'make-missing-roles',
  schema: z.strictObject({}),
  run: async (context) => {
    const { values } = context.workshop;
    const replication = values['replication_name'] ?? '';
    const rewind = values['rewind_name'] ?? '';
    await asSuperuser(
      context,
      await awaitLeader(context),
      [
        createIfMissing(replication, `replication login password ${literal(values['replication_password'] ?? '')}`),
        createIfMissing(rewind, `login password ${literal(values['rewind_password'] ?? '')}`),
        ...rewindFunctions.map((name) => `grant execute on function pg_catalog.${name} to "${rewind}";`),
      ].join('\n'),
    );
  },
});

/** What pg_rewind needs when its role is no superuser (PostgreSQL's documentation of pg_rewind, "Notes"). */
const rewindFunctions = [
  'pg_ls_dir(text, boolean, boolean)',
  'pg_stat_file(text, boolean)',
  'pg_read_binary_file(text)',
  'pg_read_binary_file(text, bigint, bigint, boolean)',
];

function createIfMissing(role: string, attributes: string): string {
  const create = literal(`create role "${role}" ${attributes}`);
  return `select ${create} where not exists (select from pg_roles where rolname = ${literal(role)}) \\gexec`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
