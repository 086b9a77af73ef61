import * as z from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { type ActionContext } from './kind.ts';
import { psqlInNode } from './psql-in-node.ts';

export const tableSchema = z.string().regex(/^[a-z_][a-z0-9_]*$/);
/** What may stand between the quotation marks as it is. */
export const noteTextSchema = z.string().regex(/^[^\\']+$/);
export const noteSchema = z.strictObject({ table: tableSchema, note: noteTextSchema });

/** As a person would type it: what PostgreSQL's log says of a refusal is found by that. */
export function addNote(
  context: ActionContext,
  node: NodeName,
  { table, note }: z.infer<typeof noteSchema>,
): Promise<CommandResult> {
  return psqlInNode(context, node, `insert into ${table} (note) values ('${note}');\n`);
}
