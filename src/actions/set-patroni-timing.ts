import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { parseJson } from '../probes/parse-json.ts';
import { patroniTimingSchema, sameTiming, type PatroniTiming } from '../probes/patroni-timing.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { patchConfiguration } from './patroni-api.ts';

/** Patroni's own limits: below them it uses other values than those that are written down (patroni/config.py). */
const schema = z
  .strictObject({
    ttl: z.int().min(20),
    loop_wait: z.int().min(1),
    retry_timeout: z.int().min(3),
    wal_sender_timeout: z.string().nullable().optional(),
  })
  .refine(({ ttl, loop_wait, retry_timeout }) => ttl >= loop_wait + 2 * retry_timeout, {
    message: 'ttl must be at least loop_wait + 2 * retry_timeout',
  });

/**
 * Changes Patroni's clocks in the dynamic configuration, and comes back once every member goes by them. With them
 * PostgreSQL's `wal_sender_timeout` (null: its default): so long a demoted leader's shutdown waits for replicas that it
 * can't reach.
 */
export const setPatroniTiming = defineAction({
  name: 'set-patroni-timing',
  schema,
  run: async (context, { wal_sender_timeout, ...timing }) => {
    const { leader, replicas } = await bringMembersBack(context);
    const sender = wal_sender_timeout === undefined ? {} : { postgresql: { parameters: { wal_sender_timeout } } };
    const answer = await patchConfiguration(context, leader.name, { ...timing, ...sender });
    if (!succeeded(answer)) throw notTaken(leader.name, answer.stderr);
    await settleAll([leader, ...replicas].map(({ name }) => takenBy(context, name, timing)));
  },
});

/** Patroni writes the configuration that it works with beside the data. */
async function takenBy(context: ActionContext, node: NodeName, timing: PatroniTiming): Promise<void> {
  const read = ['sh', '-c', 'cat /var/lib/postgresql/*/main/patroni.dynamic.json'];
  await context.waitFor(
    words(`${node} works with the new configuration`, `${node} applique la nouvelle configuration`),
    30,
    async () => {
      const kept = patroniTimingSchema.safeParse(parseJson((await context.attempt(node, read)).stdout));
      return kept.success && sameTiming(kept.data, timing);
    },
  );
}

function notTaken(node: NodeName, said: string): LabError {
  return new LabError(
    'configuration-refused',
    words(
      `Patroni on ${node} did not take the new settings: ${said.trim()}`,
      `Patroni sur ${node} n'a pas pris les nouveaux réglages : ${said.trim()}`,
    ),
    { exit: exitStatus.failed },
  );
}
