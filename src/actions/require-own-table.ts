import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { type ActionContext } from './kind.ts';
import { psqlInNode } from './psql-in-node.ts';
import { unseenData, wouldLose } from './would-lose.ts';

export interface OwnTable {
  /** A plain name, in the schema public. */
  readonly table: string;
  /** Its columns, in their order. */
  readonly columns: readonly string[];
  /** SQL, true for every row that the action itself writes; without it, whatever has these columns is the action's own. */
  readonly rows?: string;
}

/**
 * Before a table is made anew: throws `table-of-others` where one of that name has other columns or other rows than the
 * action gives it, and `data-unseen` where the leader does not say.
 */
export async function requireOwnTable(
  context: ActionContext,
  leader: NodeName,
  { table, columns, rows }: OwnTable,
): Promise<void> {
  const ask = async (sql: string): Promise<string> => {
    const told = await psqlInNode(context, leader, `${sql}\n`);
    if (succeeded(told)) return told.stdout.trim();
    throw unseenData(leader, words(`the table ${table} is yours`, `la table ${table} est à vous`), told.stderr);
  };
  const found = await ask(
    `select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_schema = 'public' and table_name = '${table}';`,
  );
  if (found === '') return;
  if (found === columns.join(',') && (rows === undefined || (await ask(othersIn(table, rows))) === '0')) return;
  throw wouldLose(
    'table-of-others',
    words(
      `The table ${table} is not the one that this step makes: it has other columns or rows of its own.`,
      `La table ${table} n'est pas celle que fait cette étape : elle a d'autres colonnes ou des lignes à elle.`,
    ),
    words(
      `Give it another name: alter table ${table} rename to ${table}_mine; then: lab up`,
      `Donnez-lui un autre nom : alter table ${table} rename to ${table}_mine; ensuite : lab up`,
    ),
  );
}

function othersIn(table: string, rows: string): string {
  return `select count(*) from ${table} where (${rows}) is not true;`;
}
