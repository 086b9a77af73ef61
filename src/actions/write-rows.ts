import { z } from 'zod';
import { defineAction } from './kind.ts';

/** Fills a table up to a number of rows: done twice, it has that many still. */
export const writeRows = defineAction({
  name: 'write-rows',
  schema: z.strictObject({ table: z.string().regex(/^[a-z_][a-z0-9_]*$/), rows: z.int().positive() }),
  run: async (context, { table, rows }) => {
    const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = context.workshop.values;
    const psql = [
      'runuser',
      '-u',
      'postgres',
      '--',
      'psql',
      '-X',
      '-q',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      '/var/run/postgresql',
      '-p',
      port,
      '-U',
      user,
      '-d',
      'postgres',
    ];
    const input = `begin;
create table if not exists ${table} (id bigint generated always as identity primary key, written_at timestamptz not null default now(), note text not null);
insert into ${table} (note) select 'row ' || n from generate_series((select count(*) + 1 from ${table}), ${String(rows)}) as n;
commit;
`;
    for (const node of context.nodes) await context.exec(node.name, psql, { input });
  },
});
