import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type ActionContext } from './kind.ts';
import { psqlInNode } from './psql-in-node.ts';

/** psql waits in the replica, so that the moment is known without asking it again and again. */
const sql = `do $$
declare enough timestamptz := clock_timestamp() + interval '1 s';
begin
  while pg_is_in_recovery() and clock_timestamp() < enough loop perform pg_sleep(0.02); end loop;
end $$;
select extract(epoch from clock_timestamp()) where not pg_is_in_recovery();
`;

/** The first of these replicas that is promoted, and when: seconds since 1970. */
export async function promotionSeen(
  context: ActionContext,
  replicas: readonly NodeDefinition[],
): Promise<{ readonly node: NodeDefinition; readonly at: number }> {
  const found: { promotion?: { node: NodeDefinition; at: number } } = {};
  await settleAll(
    replicas.map((node) =>
      context.waitFor(words('a replica is promoted', 'un réplica est promu'), 120, async () => {
        if (found.promotion !== undefined) return true;
        const at = Number.parseFloat((await psqlInNode(context, node.name, sql)).stdout);
        if (!Number.isNaN(at)) found.promotion ??= { node, at };
        return found.promotion !== undefined;
      }),
    ),
  );
  if (found.promotion === undefined) throw new Error('waited for a promotion and came back without one');
  return found.promotion;
}
