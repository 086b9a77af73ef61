import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { defineAction } from './kind.ts';
import { startService } from './start-service.ts';

const script = `psql -Xq "$1" -c "insert into $2 (note) values ('$3')"`;

/**
 * Stops the proxy of a node, writes a row from there as a client that knows all the proxies, the dead one first, and
 * starts the proxy again. The password is in root's .pgpass.
 */
export const writePastProxy = defineAction({
  name: 'write-past-proxy',
  drill: true,
  schema: z.strictObject({
    table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
    note: z.string().regex(/^[^\\'"$]+$/),
    /** As libpq takes it. */
    hosts: z.string(),
  }),
  run: async (context, { table, note, hosts }) => {
    const user = context.workshop.values['superuser_name'] ?? 'postgres';
    const where = `host=${hosts} port=5432 user=${user} dbname=postgres connect_timeout=2`;
    for (const { name } of context.nodes) {
      const back = context.cleanUp((own) => startService(own, name, 'haproxy', ['start']));
      await context.exec(name, ['systemctl', 'stop', 'haproxy']);
      const written = await context.attempt(name, ['sh', '-c', script, 'write', where, table, note]);
      if (!succeeded(written)) throw notWritten(name, written.stderr.trim());
      await back.now();
    }
  },
});

function notWritten(node: string, said: string): LabError {
  return new LabError(
    'client-failed',
    words(`The client on ${node} could not write: ${said}`, `Le client sur ${node} n'a pas pu écrire : ${said}`),
    { exit: exitStatus.failed },
  );
}
