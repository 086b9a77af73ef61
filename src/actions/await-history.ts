import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { patroniHistory } from '../probes/patroni-history.ts';
import { type PatroniTiming } from '../probes/patroni-timing.ts';
import { type ActionContext } from './kind.ts';
import { nudge } from './patroni-api.ts';

const nudgeEverySeconds = 1;

/** Comes back once the history names the new leader, which writes it down in the next round after its promotion. */
export async function awaitHistory(
  context: ActionContext,
  leader: NodeDefinition,
  timing: PatroniTiming,
): Promise<void> {
  let nudgedAt = 0;
  await context.waitFor(
    words(`the history names ${leader.name}`, `l'historique nomme ${leader.name}`),
    2 * timing.loop_wait + timing.retry_timeout,
    async () => {
      const history = await patroniHistory(await context.look());
      if (history.kind === 'seen' && history.value?.at(-1)?.leader === leader.member) return true;
      if (performance.now() - nudgedAt < nudgeEverySeconds * 1000) return false;
      nudgedAt = performance.now();
      await nudge(context, [leader], timing);
      return false;
    },
  );
}
