import { z } from 'zod';
import { defineAction } from './kind.ts';

export const putKey = defineAction({
  name: 'put-key',
  schema: z.strictObject({ key: z.string(), value: z.string() }),
  run: async (context, { key, value }) => {
    // A leader that was just stopped hands over first: the command's own time-out covers that.
    await Promise.all(
      context.nodes.map((node) => context.exec(node.name, ['etcdctl', '--command-timeout=15s', 'put', key, value])),
    );
  },
});
