import * as z from 'zod';
import { awaitLeader } from './await-leader.ts';
import { defineAction } from './kind.ts';
import { runPgbackrest } from './run-pgbackrest.ts';

/** Makes the stanza in the repository, for the leader's database; does nothing where it is there. */
export const createStanza = defineAction({
  name: 'create-stanza',
  schema: z.strictObject({ stanza: z.string() }),
  run: async (context, { stanza }) => {
    const leader = await awaitLeader(context);
    await runPgbackrest(context, leader, [`--stanza=${stanza}`, 'stanza-create']);
  },
});
