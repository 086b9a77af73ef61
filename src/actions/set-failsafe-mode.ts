import * as z from 'zod';
import { words } from '../model/words.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { defineAction } from './kind.ts';
import { failsafeMembersTold, patchConfiguration } from './patroni-api.ts';

/**
 * Comes back once the leader goes by it: it then tells which members it has to ask. Off is no entry at all, as the cluster was
 * born.
 */
export const setFailsafeMode = defineAction({
  name: 'set-failsafe-mode',
  schema: z.strictObject({ on: z.boolean() }),
  run: async (context, { on }) => {
    const { leader } = await bringMembersBack(context);
    await patchConfiguration(context, leader.name, { failsafe_mode: on ? true : null });
    // The list stays in etcd when the mode goes off again.
    if (!on) return;
    await context.waitFor(
      words(`${leader.name} leads in failsafe mode`, `${leader.name} mène en mode failsafe`),
      30,
      async () => failsafeMembersTold(context, leader.name),
    );
  },
});
