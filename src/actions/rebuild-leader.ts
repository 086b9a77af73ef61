import * as z from 'zod';
import { words } from '../model/words.ts';
import { awaitLeader } from './await-leader.ts';
import { bringMembersBack, reviveInTheEnd } from './bring-members-back.ts';
import { defineAction } from './kind.ts';
import { requireNoRowsAlone } from './rows-only-there.ts';

const script = `set -e
systemctl stop patroni
rm -rf /var/lib/postgresql/*/main`;

/** The leader's node loses its data and comes back as a replica, which its Patroni makes. */
export const rebuildLeader = defineAction({
  name: 'rebuild-leader',
  drill: true,
  removes: ['database'],
  schema: z.strictObject({}),
  run: async (context) => {
    const { leader } = await bringMembersBack(context);
    const back = reviveInTheEnd(context, [leader]);
    await context.exec(leader.name, ['systemctl', 'stop', 'patroni']);
    await context.waitFor(
      words('another member leads', 'un autre membre mène'),
      60,
      async () => (await awaitLeader(context)) !== leader.name,
    );
    await requireNoRowsAlone(context, leader.name, await awaitLeader(context));
    await context.exec(leader.name, ['sh', '-c', script]);
    await bringMembersBack(context);
    back.forget();
  },
});
