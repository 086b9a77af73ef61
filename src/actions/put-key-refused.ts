import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { askEtcd, toEtcdBytes } from '../probes/etcd.ts';
import { etcdStatus } from '../probes/etcd-status.ts';
import { type ActionContext, defineAction } from './kind.ts';

/**
 * A write that the cluster must refuse since it has no leader. It is sent only once the member knows that: a proposal
 * that waits in an old leader's log could still be applied when the quorum returns.
 */
export const putKeyRefused = defineAction({
  name: 'put-key-refused',
  schema: z.strictObject({ key: z.string(), value: z.string() }),
  run: async (context, { key, value }) => {
    for (const node of context.nodes) await refuse(context, node, key, value);
  },
});

async function refuse(context: ActionContext, node: NodeDefinition, key: string, value: string): Promise<void> {
  const { name } = node;
  await context.waitFor(
    words(`etcd on ${name} notices that there is no leader`, `etcd sur ${name} constate l'absence de leader`),
    20,
    async () => {
      const status = await etcdStatus(await context.look(), node);
      return status.kind === 'seen' && status.value.kind === 'answer' && status.value.value.leaderId === null;
    },
  );
  // Answered at once instead of waiting for a leader to come.
  const body = { key: toEtcdBytes(key), value: toEtcdBytes(value) };
  const put = { path: 'kv/put', body, needsLeader: true };
  const answer = await askEtcd(await context.look(), node, put, z.unknown());
  const said = answer.kind === 'seen' ? JSON.stringify(answer.value) : answer.why.en;
  if (said.includes('no leader')) return;
  throw new LabError(
    'write-not-refused',
    words(
      `The write on ${name} should have been refused, and was answered: ${said}`,
      `L'écriture sur ${name} aurait dû être refusée ; réponse : ${said}`,
    ),
    { exit: exitStatus.failed },
  );
}
