import * as z from 'zod';
import { bringMembersBack } from './bring-members-back.ts';
import { defineAction } from './kind.ts';

/** Every member of the Patroni cluster is back at work, whatever had become of it. */
export const membersBack = defineAction({
  name: 'members-back',
  schema: z.strictObject({}),
  run: async (context) => {
    await bringMembersBack(context);
  },
});
