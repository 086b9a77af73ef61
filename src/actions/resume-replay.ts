import { z } from 'zod';
import { postgresState } from '../probes/postgres-state.ts';
import { asSuperuser } from './as-superuser.ts';
import { type ActionContext, defineAction } from './kind.ts';

/** A replica that receives and does not replay goes on: a pause ends, and a delay set by ALTER SYSTEM is taken back. */
export const resumeReplay = defineAction({
  name: 'resume-replay',
  schema: z.strictObject({}),
  run: async (context) => {
    await Promise.all(context.nodes.map((node) => resume(context, node)));
  },
});

async function resume(context: ActionContext, node: ActionContext['nodes'][number]): Promise<void> {
  const state = await postgresState(await context.look(), node);
  if (state.kind === 'unseen' || state.value.kind !== 'answer' || !state.value.value.inRecovery) return;
  const { replayPaused, applyDelay } = state.value.value;
  if (replayPaused) await asSuperuser(context, node.name, 'select pg_wal_replay_resume();');
  if (applyDelay === null) return;
  // ALTER SYSTEM does not run in a transaction, so these are two statements.
  await asSuperuser(context, node.name, 'alter system reset recovery_min_apply_delay;\nselect pg_reload_conf();');
}
