import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { verbatim } from '../model/words.ts';
import { readStanza } from '../probes/pgbackrest.ts';
import { awaitLeader } from './await-leader.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { runPgbackrest } from './run-pgbackrest.ts';

const schema = z.strictObject({
  stanza: z.string(),
  type: z.enum(['full', 'incr']),
  /** So many of this type were taken when it is done, with those that have expired since. */
  taken: z.int().positive().default(1),
});
type Args = z.infer<typeof schema>;

/**
 * Takes backups of the leader until there were enough. With an older one listed than the retention allows, or fewer
 * left than were taken, `expire` puts that right.
 */
export const takeBackup = defineAction({
  name: 'take-backup',
  removes: ['backups'],
  schema,
  run: async (context, args) => {
    const leader = await awaitLeader(context);
    for (let missing = await missingBackups(context, leader, args); missing > 0; missing -= 1)
      await runPgbackrest(context, leader, [`--stanza=${args.stanza}`, `--type=${args.type}`, 'backup']);
    await runPgbackrest(context, leader, [`--stanza=${args.stanza}`, 'expire']);
  },
});

async function missingBackups(context: ActionContext, node: NodeName, { stanza, type, taken }: Args): Promise<number> {
  const pgbackrest = ['runuser', '-u', 'postgres', '--', 'pgbackrest', `--stanza=${stanza}`];
  const info = await context.exec(node, [...pgbackrest, '--log-level-console=off', 'info', '--output=json']);
  const answer = readStanza(info);
  if (answer.kind === 'error')
    throw new LabError('backup-unreadable', verbatim(answer.message), { exit: exitStatus.failed });
  const kept = answer.value.backups.filter((backup) => backup.type === type).length;
  // One that is there still, whatever came before it: an expired one can't be restored.
  if (kept === 0 || type !== 'full') return Math.max(taken - kept, 0);
  const history = `/var/lib/pgbackrest/backup/${stanza}/backup.history`;
  const manifests = await context.exec(node, ['find', history, '-name', '*F.manifest.gz']);
  return Math.max(taken - manifests.stdout.split('\n').filter((line) => line !== '').length, 0);
}
