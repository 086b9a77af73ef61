import * as z from 'zod';
import { defineAction } from './kind.ts';
import { asSuperuser } from './psql-in-node.ts';

/** Fills a table up to a number of rows: done twice, it has that many still. */
export const writeRows = defineAction({
  name: 'write-rows',
  schema: z.strictObject({ table: z.string().regex(/^[a-z_][a-z0-9_]*$/), rows: z.int().positive() }),
  run: async (context, { table, rows }) => {
    const sql = `begin;
create table if not exists ${table} (id bigint generated always as identity primary key, written_at timestamptz not null default now(), note text not null);
insert into ${table} (note) select 'row ' || n from generate_series((select count(*) + 1 from ${table}), ${String(rows)}) as n;
commit;`;
    for (const node of context.nodes) await asSuperuser(context, node.name, sql);
  },
});
