import { z } from 'zod';
import { waitUntil } from '../model/wait-until.ts';
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
      const cluster = await observePatroniCluster(await context.look());
      if (cluster.kind === 'unseen') return false;
      return cluster.value?.members.find(({ name }) => name === member)?.state === 'streaming';
    };
    await waitUntil(streams, { withinSeconds: joinSeconds, signal: context.signal });
  },
});
