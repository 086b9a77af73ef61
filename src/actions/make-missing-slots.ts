import * as z from 'zod';
import { replicationSlots, slotNameOf } from '../probes/postgres-replication.ts';
import { asSuperuser } from './psql-in-node.ts';
import { awaitLeader } from './await-leader.ts';
import { defineAction } from './kind.ts';

/**
 * The slots that the target's members need on the leader, made where they are missing. Patroni makes them itself in its
 * next loop, except that Patroni 3.0 does not notice when one was dropped by hand.
 */
export const makeMissingSlots = defineAction({
  name: 'make-missing-slots',
  schema: z.strictObject({}),
  run: async (context) => {
    const leader = await awaitLeader(context);
    const node = context.workshop.nodes.find(({ name }) => name === leader);
    if (node === undefined) return;
    const found = await replicationSlots(await context.look(), node);
    const there = found.kind === 'seen' && found.value.kind === 'answer' ? found.value.value : [];
    const wanted = context.nodes.flatMap(({ name, member }) =>
      name === leader || member === undefined ? [] : [slotNameOf(member)],
    );
    for (const slot of wanted.filter((name) => !there.some((one) => one.name === name))) {
      await asSuperuser(context, leader, createUnlessMadeMeanwhile(slot));
    }
  },
});

/** Patroni on the leader may make the same slot at this very moment. */
function createUnlessMadeMeanwhile(slot: string): string {
  return `do $$ begin
  perform pg_create_physical_replication_slot('${slot}', true);
exception when duplicate_object then null;
end $$`;
}
