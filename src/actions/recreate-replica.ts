import * as z from 'zod';
import { bringMembersBack } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { requireNoRowsAlone } from './rows-only-there.ts';

const schema = z.strictObject({
  /** Out of reach for postgres while the replica is made, and back with this mode afterwards. */
  away: z.strictObject({ path: z.string().startsWith('/'), mode: z.string().regex(/^0?[0-7]{3}$/) }).optional(),
});

/** One of the replicas loses its data and is made anew by its Patroni; comes back once it streams. */
export const recreateReplica = defineAction({
  name: 'recreate-replica',
  removes: ['database'],
  schema,
  run: async (context, { away }) => {
    const { leader, replicas } = await bringMembersBack(context);
    const replica = replicas.at(-1);
    if (replica?.member === undefined) throw new Error('there is no replica to make anew');
    // A standby by its own word too: one that was promoted a moment ago is no replica.
    await requireNoRowsAlone(context, replica.name, leader.name);
    const reinit = async (): Promise<void> => {
      const { patroni_scope: scope = '' } = context.workshop.values;
      const command = ['patronictl', '-c', '/etc/patroni/config.yml', 'reinit', scope, replica.member ?? '', '--force'];
      await context.exec(leader.name, [...command, '--wait'], { timeoutSeconds: 180 });
    };
    await (away === undefined ? reinit() : whileAway(context, leader.name, away, reinit));
    await bringMembersBack(context);
  },
});

async function whileAway(
  context: ActionContext,
  node: Parameters<ActionContext['exec']>[0],
  { path, mode }: { readonly path: string; readonly mode: string },
  work: () => Promise<void>,
): Promise<void> {
  const back = context.cleanUp((own) => own.exec(node, ['chmod', mode, path]));
  await context.exec(node, ['chmod', '0', path]);
  await work();
  await back.now();
}
