import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { synchronousMembers, synchronousState } from '../probes/synchronous-state.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { liveTiming } from './live-timing.ts';
import { nudge, patchConfiguration } from './patroni-api.ts';

// An edition may name the mode, so it is a string.
const schema = z.strictObject({ mode: z.string(), standbys: z.int().nonnegative() });

const nudgeEverySeconds = 1;

/**
 * `off`, `on`, `strict` or `quorum`, with so many standbys, in the dynamic configuration; comes back once the leader's
 * PostgreSQL waits for as many.
 */
export const setSynchronous = defineAction({
  name: 'set-synchronous',
  schema,
  run: async (context, { mode, standbys }) => {
    const { leader } = await bringMembersBack(context);
    // The usual value of a key is not written down: null takes it out.
    const values = {
      synchronous_mode: mode === 'off' ? null : mode === 'quorum' ? 'quorum' : true,
      synchronous_mode_strict: mode === 'strict' ? true : null,
      synchronous_node_count: standbys > 1 ? standbys : null,
    };
    const answer = await patchConfiguration(context, leader.name, values);
    if (!succeeded(answer)) throw notTaken(leader.name, answer.stderr);
    await awaitStandbys(context, mode, mode === 'off' ? 0 : standbys);
  },
});

async function awaitStandbys(context: ActionContext, mode: string, standbys: number): Promise<void> {
  const state = mode === 'quorum' ? 'quorum' : 'sync';
  const what = words(
    `the leader waits for ${String(standbys)} standbys`,
    `le leader attend ${String(standbys)} standbys`,
  );
  let nudgedAt = 0;
  await context.waitFor(what, 60, async () => {
    const { leader } = await bringMembersBack(context);
    const told = await synchronousState(await context.look(), leader);
    const [now] = told.kind === 'seen' && told.value.kind === 'answer' ? told.value.value : [];
    if (now !== undefined) {
      const members = synchronousMembers(now);
      const right = now.standbys.filter((one) => one.state === state).length === members.length;
      // By quorum all of them are counted on, and so many waited for.
      const enough = mode === 'quorum' ? members.length >= standbys : members.length === standbys;
      if (enough && right) return true;
    }
    if (performance.now() - nudgedAt > nudgeEverySeconds * 1000) {
      nudgedAt = performance.now();
      await nudge(context, [leader], await liveTiming(context, leader));
    }
    return false;
  });
}

function notTaken(leader: string, said: string): LabError {
  return new LabError(
    'configuration-refused',
    words(
      `Patroni on ${leader} did not take synchronous_mode: ${said.trim()}`,
      `Patroni sur ${leader} n'a pas pris synchronous_mode : ${said.trim()}`,
    ),
    { exit: exitStatus.failed },
  );
}
