import * as z from 'zod';
import { defineAction } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

/**
 * A service whose main process was made to stand still by a signal runs all the time for systemd, so that starting it
 * changes nothing. It is killed, and another one started. Waking it would not do: Patroni 3.0 may then take the leader
 * key back, which it still believes to have (its put is not conditional; in 4.0 it is). The unit is the argument.
 */
export const resumeScript = `pid=$(systemctl show --property=MainPID --value "$1")
if grep -qs '^State:.T' "/proc/$pid/status"; then
  systemctl kill --kill-whom=main --signal=KILL "$1"
  if systemctl is-failed --quiet "$1"; then systemctl reset-failed "$1"; fi
  systemctl start "$1"
fi`;

/** Does nothing where the service isn't there, doesn't run, or runs well. */
export const resumeService = defineAction({
  name: 'resume-service',
  schema: z.strictObject({ unit: z.string() }),
  run: async (context, { unit }) => {
    await settleAll(
      context.nodes.map(({ name }) => context.attempt(name, ['sh', '-c', resumeScript, 'resume-service', unit])),
    );
  },
});
