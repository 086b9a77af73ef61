import * as z from 'zod';
import { renderChapterFile } from './render-chapter-file.ts';
import { installFile } from './install-file.ts';
import { defineAction } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

export const writeFile = defineAction({
  name: 'write-file',
  furnishes: true,
  schema: z.strictObject({
    /** In the chapter's files/ folder, or `02-patroni/…` in that of an earlier one; `{{ names }}` are replaced for each node. */
    file: z.string(),
    path: z.string().startsWith('/'),
    owner: z.string().regex(/^[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*$/),
    mode: z.string().regex(/^0?[0-7]{3}$/),
  }),
  files: (args) => [args.file],
  run: async (context, args) => {
    const render = await renderChapterFile(context, args.file);
    await settleAll(context.nodes.map((node) => installFile(context, node.name, { ...args, text: render(node) })));
  },
});
