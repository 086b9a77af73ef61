import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { words } from '../model/words.ts';
import { attemptEtcdctl } from './etcdctl.ts';
import { defineAction } from './kind.ts';

export const putKey = defineAction({
  name: 'put-key',
  schema: z.strictObject({ key: z.string(), value: z.string() }),
  run: async (context, { key, value }) => {
    for (const node of context.nodes) {
      const put = ['--command-timeout=2s', 'put', key, value];
      // A write that was on its way to a leader that stops is lost; the next one goes to its successor.
      await context.waitFor(
        words(`etcd on ${node.name} accepts a write`, `etcd sur ${node.name} accepte une écriture`),
        15,
        async () => succeeded(await attemptEtcdctl(context, node.name, put)),
      );
    }
  },
});
