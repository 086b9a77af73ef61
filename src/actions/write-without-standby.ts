import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { bringMembersBack, reviveInTheEnd } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { psqlInNode } from './psql-in-node.ts';

const schema = z.strictObject({
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  begun: z.string().regex(/^[^\\']+$/),
  returned: z.string().regex(/^[^\\']+$/),
  /** The commit waits until a standby is back; else it comes back without one. */
  waits: z.boolean(),
});

/**
 * Stops Patroni on every replica and writes on the leader: the row `begun`, and in the same session, once its commit has
 * come back, the row `returned`. The replicas are started again when that is done, or plainly waits for them.
 */
export const writeWithoutStandby = defineAction({
  name: 'write-without-standby',
  drill: true,
  schema,
  run: async (context, { table, begun, returned, waits }) => {
    const { leader, replicas } = await bringMembersBack(context);
    const synchronous = await synchronousStandby(context);
    const back = reviveInTheEnd(context, replicas);
    const stop = (name: NodeName) => context.exec(name, ['systemctl', 'stop', 'patroni']);
    // It goes last: Patroni must not be choosing another one that is about to go.
    await settleAll(replicas.filter(({ name }) => name !== synchronous).map(({ name }) => stop(name)));
    await stop(synchronous);
    const session = { over: false };
    const insert = (note: string): string => `insert into ${table} (note) values ('${note}');\n`;
    const writing = psqlInNode(context, leader.name, insert(begun) + insert(returned), 180);
    writing.catch(() => undefined);
    void writing
      .finally(() => {
        session.over = true;
      })
      .catch(() => undefined);
    const what = waits
      ? words('the commit waits for any standby', 'le commit attend un standby, quel qu’il soit')
      : words('the commit comes back without a standby', 'le commit revient sans standby');
    await context.waitFor(
      what,
      90,
      async () => session.over || (waits && (await waitsForAnybody(context, leader.name))),
    );
    await bringMembersBack(context);
    back.forget();
    const wrote = await writing;
    if (!succeeded(wrote)) throw notWritten(leader.name, wrote.stderr);
  },
});

/**
 * Its node, once etcd names it too: a standby that goes between its place in PostgreSQL and its place in etcd is never
 * given up by Patroni 3.0, which then takes nobody for the standby that it had (docs/decisions/0044-standby-being-chosen.md).
 */
async function synchronousStandby(context: ActionContext): Promise<NodeName> {
  let found: NodeName | null | undefined;
  await context.waitFor(
    words('a replica is the synchronous standby', 'un réplica est le standby synchrone'),
    60,
    async () => {
      const cluster = await observePatroniCluster(await context.look());
      const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
      found = members.find(({ role }) => role === 'sync_standby')?.node;
      return typeof found === 'string';
    },
  );
  if (typeof found !== 'string') throw new Error('waited for the synchronous standby and came back without it');
  return found;
}

/** Patroni has given up the standby that it had, and made PostgreSQL wait for whoever comes. */
async function waitsForAnybody(context: ActionContext, leader: NodeName): Promise<boolean> {
  const sql = `select current_setting('synchronous_standby_names') = '*' and exists (select from pg_stat_activity where wait_event = 'SyncRep');\n`;
  return (await psqlInNode(context, leader, sql)).stdout.trim() === 't';
}

function notWritten(leader: NodeName, said: string): LabError {
  return new LabError(
    'row-not-written',
    words(
      `The row could not be written on ${leader}: ${said.trim()}`,
      `La ligne n'a pas pu être écrite sur ${leader} : ${said.trim()}`,
    ),
    { exit: exitStatus.failed },
  );
}
