import * as z from 'zod';
import { asSuperuser } from './psql-in-node.ts';
import { defineAction } from './kind.ts';

export const noteRow = defineAction({
  name: 'note-row',
  schema: z.strictObject({
    table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
    note: z.string().regex(/^[^\\']+$/),
  }),
  run: async (context, { table, note }) => {
    const [node] = context.nodes;
    if (node !== undefined) await asSuperuser(context, node.name, `insert into ${table} (note) values ('${note}');`);
  },
});
