import { z } from 'zod';
import { words } from '../model/words.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { defineAction } from './kind.ts';
import { failsafeMembersTold, patchConfiguration } from './patroni-api.ts';

/**
 * Comes back once the leader goes by it: it then tells which members it has to ask, or nobody. Off is no entry at all, as
 * the cluster was born.
 */
export const setFailsafeMode = defineAction({
  name: 'set-failsafe-mode',
  schema: z.strictObject({ on: z.boolean() }),
  run: async (context, { on }) => {
    const { leader } = await bringMembersBack(context);
    await patchConfiguration(context, leader.name, { failsafe_mode: on ? true : null });
    await context.waitFor(
      on
        ? words(`${leader.name} leads in failsafe mode`, `${leader.name} mène en mode failsafe`)
        : words(`${leader.name} leads without failsafe mode`, `${leader.name} mène sans mode failsafe`),
      30,
      async () => (await failsafeMembersTold(context, leader.name)) === on,
    );
  },
});
