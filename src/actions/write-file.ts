import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { chapterFilePath } from '../model/chapter-file-path.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { defineAction } from './kind.ts';

/** In the node: whole or not at all, and untouched when it is already as it should be (its time of change tells restarts). */
const script = `set -e
folder=$(dirname "$1"); mkdir -p "$folder"
draft=$(mktemp "$folder/.lab-XXXXXX"); trap 'rm -f "$draft"' EXIT
cat > "$draft"; chown "$2" "$draft"; chmod "$3" "$draft"
if cmp -s "$draft" "$1" && [ "$(stat -c %U:%G:%a "$draft")" = "$(stat -c %U:%G:%a "$1")" ]; then exit 0; fi
mv -f "$draft" "$1"`;

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
      const input = renderTemplate(template, templateScope(context.workshop, context.edition, node));
      await context.exec(node.name, ['sh', '-c', script, 'write-file', args.path, args.owner, args.mode], { input });
    };
    await Promise.all(context.nodes.map(write));
  },
});
