import { z } from 'zod';
import { waitUntil } from '../model/wait-until.ts';
import { memberOn } from '../probes/patroni-member.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { defineAction } from './kind.ts';

/** Enough for a copy of a workshop's database. */
const joinSeconds = 60;

/**
 * Waits until the member streams. One question a look, where the checks of a step ask a dozen, and would take from the
 * copy of the database the processor that it needs. One that does not come to stream is theirs to explain.
 */
export const awaitStreaming = defineAction({
  name: 'await-streaming',
  schema: z.strictObject({ member: z.string() }),
  run: async (context, { member }) => {
    const streams = async (): Promise<boolean> => {
      const reach = await context.look();
      const cluster = await observePatroniCluster(reach);
      const leader = cluster.kind === 'seen' ? cluster.value?.members.find(({ role }) => role === 'leader') : undefined;
      const node = reach.workshop.nodes.find(({ name }) => name === leader?.node);
      const self = node === undefined ? null : await memberOn(reach, node);
      return self?.kind === 'seen' && self.value.kind === 'answer' && self.value.value.streamsTo.includes(member);
    };
    await waitUntil(streams, { withinSeconds: joinSeconds, signal: context.signal });
  },
});
