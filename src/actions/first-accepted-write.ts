import { exitStatus, LabError } from '../model/errors.ts';
import { settleAll } from '../model/settle-all.ts';
import { type Words, words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type ActionContext } from './kind.ts';
import { psqlInNode } from './psql-in-node.ts';

/** Where a write was accepted, and when: seconds since 1970 by the node's clock, which is the host's. */
export interface AcceptedWrite {
  readonly node: NodeDefinition;
  readonly at: number;
}

/**
 * Asks each of the nodes for a write, again and again, and comes back with the first one that is accepted. A replica is
 * not bothered with writes that it would refuse, each with two lines in its log: psql waits there until it is promoted.
 */
export async function firstAcceptedWrite(
  context: ActionContext,
  nodes: readonly NodeDefinition[],
  row: { readonly table: string; readonly note: string },
  withinSeconds: number,
): Promise<AcceptedWrite> {
  const found: { write?: AcceptedWrite } = {};
  const what: Words = words('a surviving member accepts a write', 'un membre survivant accepte une écriture');
  await settleAll(
    nodes.map((node) =>
      context.waitFor(what, withinSeconds, async () => {
        if (found.write !== undefined) return true;
        const answer = await psqlInNode(context, node.name, writeWhenPromoted(row));
        const at = answer.exitStatus === 0 ? Number.parseFloat(answer.stdout) : Number.NaN;
        if (!Number.isNaN(at)) found.write ??= { node, at };
        return found.write !== undefined;
      }),
    ),
  );
  if (found.write !== undefined) return found.write;
  const none = words(
    'There is no other member that could take over.',
    "Il n'y a aucun autre membre pour prendre le relais.",
  );
  throw new LabError('no-survivor', none, { exit: exitStatus.failed });
}

/** `table` is a plain name; a note may hold anything but a backslash. */
function writeWhenPromoted({ table, note }: { readonly table: string; readonly note: string }): string {
  return `do $$
declare enough timestamptz := clock_timestamp() + interval '1 s';
begin
  while pg_is_in_recovery() and clock_timestamp() < enough loop perform pg_sleep(0.02); end loop;
end $$;
select pg_is_in_recovery() as replica \\gset
\\if :replica
\\else
insert into ${table} (note) values ('${note.replaceAll("'", "''")}') returning extract(epoch from clock_timestamp());
\\endif
`;
}
