import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { chapterFilePath } from '../model/chapter-file-path.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { installFile } from './install-file.ts';
import { defineAction } from './kind.ts';

export const writeFile = defineAction({
  name: 'write-file',
  schema: z.strictObject({
    /** In the chapter's files/ folder, or `02-patroni/…` in that of an earlier one; `{{ names }}` are replaced for each node. */
    file: z.string(),
    path: z.string().startsWith('/'),
    owner: z.string().regex(/^[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*$/),
    mode: z.string().regex(/^0?[0-7]{3}$/),
  }),
  files: (args) => [args.file],
  run: async (context, args) => {
    const template = await readFile(chapterFilePath(context.chapter, args.file), 'utf8');
    const write = async (node: (typeof context.nodes)[number]): Promise<void> => {
      const text = renderTemplate(template, templateScope(context.workshop, context.edition, node));
      await installFile(context, node.name, { ...args, text });
    };
    await Promise.all(context.nodes.map(write));
  },
});
