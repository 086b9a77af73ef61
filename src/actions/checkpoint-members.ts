import * as z from 'zod';
import { asSuperuser } from './psql-in-node.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { defineAction } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

/**
 * PostgreSQL's own checkpoint, on the leader, then on the replicas: whoever starts from here replays next to nothing.
 * With an archive that counts, for a replica gets the segments from there one by one.
 */
export const checkpointMembers = defineAction({
  name: 'checkpoint-members',
  schema: z.strictObject({}),
  run: async (context) => {
    const { leader, replicas } = await bringMembersBack(context);
    await asSuperuser(context, leader.name, 'checkpoint');
    await settleAll(replicas.map(({ name }) => asSuperuser(context, name, 'checkpoint')));
  },
});
