import { z } from 'zod';
import { defineAction } from './kind.ts';

/**
 * A service whose main process was made to stand still by a signal goes on; for systemd it runs all the time, so that
 * starting it would change nothing. Does nothing where it isn't there, or runs.
 */
export const resumeService = defineAction({
  name: 'resume-service',
  schema: z.strictObject({ unit: z.string() }),
  run: async (context, { unit }) => {
    await Promise.all(
      context.nodes.map(({ name }) =>
        context.attempt(name, ['systemctl', 'kill', '--kill-whom=main', '--signal=CONT', unit]),
      ),
    );
  },
});
