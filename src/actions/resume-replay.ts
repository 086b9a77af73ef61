import * as z from 'zod';
import { postgresState } from '../probes/postgres-state.ts';
import { asSuperuser } from './psql-in-node.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

/**
 * A replica whose replay is paused goes on. Patroni does that itself from 4.0 on, unless the cluster is paused; and what
 * ALTER SYSTEM says of recovery, a delay for one, it takes out in its next loop.
 */
export const resumeReplay = defineAction({
  name: 'resume-replay',
  schema: z.strictObject({}),
  run: async (context) => {
    await settleAll(context.nodes.map((node) => resume(context, node)));
  },
});

async function resume(context: ActionContext, node: ActionContext['nodes'][number]): Promise<void> {
  const state = await postgresState(await context.look(), node);
  if (state.kind === 'unseen' || state.value.kind !== 'answer') return;
  const { inRecovery, replayPaused } = state.value.value;
  if (inRecovery && replayPaused) await asSuperuser(context, node.name, 'select pg_wal_replay_resume();');
}
