import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { dcsPrefix } from '../probes/dcs.ts';
import { awaitHistory } from './await-history.ts';
import { bringMembersBack, reviveInTheEnd } from './bring-members-back.ts';
import { attemptEtcdctl } from './etcdctl.ts';
import { firstAcceptedWrite } from './first-accepted-write.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { liveTiming } from './live-timing.ts';
import { psqlInNode } from './psql-in-node.ts';

/** Without the ttl to wait for: Patroni's question to the member that hangs, and the promotion. */
const promotionSeconds = 60;

/**
 * Makes two leaders: Patroni hangs beside a PostgreSQL that goes on taking writes, and loses its key. Each of the two
 * gets a row: `kept` where the key is, `lost` where it was. `members-back` ends it.
 */
export const splitLeader = defineAction({
  name: 'split-leader',
  drill: true,
  removes: ['keys'],
  schema: z.strictObject({
    table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
    kept: z.string().regex(/^[^\\']+$/),
    lost: z.string().regex(/^[^\\']+$/),
  }),
  run: async (context, { table, kept, lost }) => {
    const { leader, replicas } = await bringMembersBack(context);
    const timing = await liveTiming(context, leader);
    // Only a split that has come about is left for the next action.
    const back = reviveInTheEnd(context, [leader]);
    // systemd would start a Patroni that was killed again (Restart=on-failure in Debian's unit); this one only stands still.
    await context.exec(leader.name, ['systemctl', 'kill', '--kill-whom=main', '--signal=STOP', 'patroni']);
    await deleteLeaderKey(context);
    const { node } = await firstAcceptedWrite(context, replicas, { table, note: kept }, promotionSeconds);
    const write = await psqlInNode(context, leader.name, `insert into ${table} (note) values ('${lost}');\n`);
    if (!succeeded(write)) throw notSplit(leader.name, node.name, write.stderr);
    await awaitHistory(context, node, timing);
    back.forget();
  },
});

/** What etcd does by itself once the ttl is over. */
async function deleteLeaderKey(context: ActionContext): Promise<void> {
  const { workshop } = context;
  const members = workshop.nodes.filter(({ name }) => workshop.groups['etcd']?.includes(name));
  const del = ['--command-timeout=2s', 'del', `${dcsPrefix(workshop)}leader`];
  for (const { name } of members) if (succeeded(await attemptEtcdctl(context, name, del))) return;
  throw new LabError(
    'etcd-unwritable',
    words('No etcd member deleted the leader key.', "Aucun membre etcd n'a supprimé la clé du leader."),
    { exit: exitStatus.failed },
  );
}

function notSplit(old: string, successor: string, said: string): LabError {
  return new LabError(
    'no-second-leader',
    words(
      `${successor} leads; PostgreSQL on ${old} should have taken a write too, and answered: ${said.trim()}`,
      `${successor} mène ; PostgreSQL sur ${old} aurait dû accepter aussi une écriture, et a répondu : ${said.trim()}`,
    ),
    { exit: exitStatus.failed },
  );
}
