import * as z from 'zod';
import { awaitLeader } from './await-leader.ts';
import { defineAction } from './kind.ts';
import { runPgbackrest } from './run-pgbackrest.ts';

/** pgBackRest's own `check`: ends the current WAL segment and comes back once it is in the repository. */
export const checkArchive = defineAction({
  name: 'check-archive',
  schema: z.strictObject({ stanza: z.string() }),
  run: async (context, { stanza }) => {
    const leader = await awaitLeader(context);
    await runPgbackrest(context, leader, [`--stanza=${stanza}`, 'check']);
  },
});
