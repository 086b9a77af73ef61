import * as z from 'zod';
import { defineAction } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

/** A directory of an owner, with this mode; what is in it stays as it is. */
export const makeDirectory = defineAction({
  name: 'make-directory',
  furnishes: true,
  schema: z.strictObject({
    path: z.string().startsWith('/'),
    owner: z.string().regex(/^[a-z_][a-z0-9_-]*$/),
    group: z.string().regex(/^[a-z_][a-z0-9_-]*$/),
    mode: z.string().regex(/^0?[0-7]{3}$/),
  }),
  run: async (context, { path, owner, group, mode }) => {
    const install = ['install', '-d', '-o', owner, '-g', group, '-m', mode, path];
    await settleAll(context.nodes.map(({ name }) => context.exec(name, install)));
  },
});
