import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type ActionContext, defineAction } from './kind.ts';

/**
 * The leader makes a new member's replication slot in its next loop, up to `loop_wait` seconds later. A change of the
 * dynamic configuration wakes it; setting `loop_wait` to the value that it has changes nothing else.
 */
export const nudgeLeader = defineAction({
  name: 'nudge-leader',
  schema: z.strictObject({ member: z.string() }),
  run: async (context, { member }) => {
    await context.waitFor(
      words(`${member} has announced itself`, `${member} s'est annoncé`),
      60,
      async () => (await leaderSeeing(context, member)) !== null,
    );
    const leader = await leaderSeeing(context, member);
    if (leader === null)
      throw new LabError(
        'no-leader',
        words('There is no Patroni leader now.', "Il n'y a pas de leader Patroni pour le moment."),
        { exit: exitStatus.failed },
      );
    const script = `set -e
wait=$(curl -sf http://127.0.0.1:8008/config | jq .loop_wait)
curl -sf --max-time 10 -o /dev/null -X PATCH --data "{\\"loop_wait\\": $wait}" http://127.0.0.1:8008/config`;
    await context.exec(leader, ['sh', '-c', script]);
  },
});

async function leaderSeeing(context: ActionContext, member: string) {
  const cluster = await observePatroniCluster(await context.look());
  if (cluster.kind === 'unseen' || cluster.value === null) return null;
  if (!cluster.value.members.some((one) => one.name === member)) return null;
  return cluster.value.members.find((one) => one.name === cluster.value?.leader)?.node ?? null;
}
