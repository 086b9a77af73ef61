import * as z from 'zod';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { patroniConfiguration } from '../probes/etcd-section.ts';
import { etcdMember, makeEtcdAccounts, requireEtcdAccounts } from './etcd-accounts.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { installFile } from './install-file.ts';
import { renderChapterFile } from './render-chapter-file.ts';
import { restartPatroniPaused } from './restart-patroni-paused.ts';

interface Account {
  readonly username: string;
  readonly password: string;
  /** Patroni's configuration with the two, of the chapter's files/ folder. */
  readonly file: string;
}

const text = z.string();

/**
 * root with every right, Patroni's user with a role for its own keys, and then nobody without a password. Done again, it puts
 * right what is missing or too much. Patroni 4.0 with a user's name does not start while etcd 3.5 has authentication off,
 * and without a name it loses etcd once it is on: it is paused for that, and restarted.
 */
export const enableEtcdAuthentication = defineAction<Account>({
  name: 'enable-etcd-authentication',
  schema: z.strictObject({ username: text, password: text, file: z.string() }),
  files: ({ file }) => [file],
  run: async (context, { username, password, file }) => {
    const node = etcdMember(context);
    if (node === undefined) return;
    await makeEtcdAccounts(context, node, username, password);
    const change = async (): Promise<void> => {
      await writePatroniFiles(context, file);
      await requireEtcdAccounts(context, node);
    };
    await restartPatroniPaused(context, context.nodes, change);
  },
});

async function writePatroniFiles(context: ActionContext, file: string): Promise<void> {
  const render = await renderChapterFile(context, file);
  const write = (node: NodeDefinition): Promise<void> =>
    installFile(context, node.name, {
      path: patroniConfiguration,
      owner: 'postgres:postgres',
      mode: '600',
      text: render(node),
    });
  await settleAll(context.nodes.map(write));
}
