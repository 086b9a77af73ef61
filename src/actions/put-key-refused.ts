import { z } from 'zod';
import { type NodeName } from '../model/ids.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type ActionContext, defineAction } from './kind.ts';

/**
 * A write that the cluster must refuse since it has no leader. It is sent only once the member knows that: a proposal
 * that waits in an old leader's log could still be applied when the quorum returns.
 */
export const putKeyRefused = defineAction({
  name: 'put-key-refused',
  schema: z.strictObject({ key: z.string(), value: z.string() }),
  run: async (context, { key, value }) => {
    for (const node of context.nodes) await refuse(context, node.name, key, value);
  },
});

async function refuse(context: ActionContext, node: NodeName, key: string, value: string): Promise<void> {
  await context.waitFor(
    words(`etcd on ${node} notices that there is no leader`, `etcd sur ${node} constate l'absence de leader`),
    20,
    async () => {
      const status = await context.attempt(node, [
        'etcdctl',
        '--command-timeout=2s',
        'endpoint',
        'status',
        '--write-out=json',
      ]);
      return /no leader|"leader":0[,}]/.test(status.stdout) || !status.stdout.includes('"leader":');
    },
  );
  const body = JSON.stringify({
    key: Buffer.from(key).toString('base64'),
    value: Buffer.from(value).toString('base64'),
  });
  // With this header etcd answers at once instead of waiting for a leader to come.
  const put = [
    'curl',
    '--silent',
    '--max-time',
    '10',
    '--header',
    'Grpc-Metadata-hasleader: true',
    '--data',
    body,
    'http://127.0.0.1:2379/v3/kv/put',
  ];
  const answer = await context.attempt(node, put);
  if (answer.stdout.includes('no leader')) return;
  throw new LabError(
    'write-not-refused',
    words(
      `The write on ${node} should have been refused, and was answered: ${answer.stdout.trim()}`,
      `L'écriture sur ${node} aurait dû être refusée ; réponse : ${answer.stdout.trim()}`,
    ),
    { exit: exitStatus.failed },
  );
}
