import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { psqlCommand, type PostgresAnswer } from '../probes/postgres.ts';
import { tableContent, tableContentSql, type TableContent } from '../probes/postgres-table.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { lookForPatroniTrouble, patroniTroubleWords, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPostgres } from './silent-postgres.ts';

interface RowsObservation {
  readonly leader: LeaderAnswer<TableContent>;
  readonly replicas: readonly ReplicaContent[];
}

interface ReplicaContent {
  readonly node: NodeDefinition;
  readonly answer: PostgresAnswer<TableContent>;
  /** Looked for only when there is no answer. */
  readonly trouble: PatroniTrouble | null;
}

/** The table has rows on the leader, and every replica has the same ones. */
export const rowsReplicated = defineCheck({
  name: 'rows-replicated',
  scope: 'cluster',
  schema: z.strictObject({ table: z.string().regex(/^[a-z_][a-z0-9_]*$/) }),
  // A replica whose slot is gone streams again once Patroni's next loop made it (10 s) and PostgreSQL asked anew (5 s).
  withinSeconds: 30,

  async observe(reach, setting, { table }) {
    const leader = await askLeader(reach, setting, (node) => tableContent(reach, node, table));
    if (leader.kind === 'unseen') return leader;
    const members = new Set(patroniNodes(reach.workshop).map(({ name }) => name));
    const others = setting.nodes.filter(({ name }) => members.has(name) && name !== leader.value.leader?.name);
    const replicas: ReplicaContent[] = [];
    for (const node of others) {
      const answer = await tableContent(reach, node, table);
      if (answer.kind === 'unseen') return answer;
      const trouble = answer.value.kind === 'answer' ? null : await lookForPatroniTrouble(reach, node);
      if (trouble?.kind === 'unseen') return trouble;
      replicas.push({ node, answer: answer.value, trouble: trouble?.value ?? null });
    }
    return seen<RowsObservation>({ leader: leader.value, replicas });
  },

  judge({ leader, replicas }, setting, { table }): Judgement {
    const expected = words(
      `the rows of ${table} are the same on the leader and on every replica`,
      `les lignes de ${table} sont les mêmes sur le leader et sur chaque réplica`,
    );
    const { answer } = leader;
    if (answer && isWithoutTable(answer)) return { verdict: 'fail', expected, ...noTable(table) };
    return judgeLeader(leader, setting, expected, (content, node) => {
      const views = [countWords(node, content.rows), ...replicas.map((replica) => replicaWords(replica))];
      const seen = joinWords(views, ', ');
      if (content.rows === 0) {
        return {
          verdict: 'fail',
          expected,
          seen,
          cause: words(
            `${table} is empty on the leader: nothing was written yet`,
            `${table} est vide sur le leader : rien n'a encore été écrit`,
          ),
        };
      }
      if (replicas.length === 0)
        return {
          verdict: 'fail',
          expected,
          seen,
          cause: words('there is no replica to compare with', "il n'y a pas de réplica à comparer"),
        };
      const behind = replicas.filter(
        (replica) => replica.answer.kind !== 'answer' || replica.answer.value.checksum !== content.checksum,
      );
      if (behind.length === 0) return { verdict: 'pass', expected, seen };
      return {
        verdict: 'fail',
        expected,
        seen,
        cause: joinWords(
          behind.map((replica) => differenceWords(replica, content, setting)),
          '\n',
        ),
      };
    });
  },

  command: ({ workshop }, { table }) => psqlCommand(workshop, tableContentSql(table)),
});

function isWithoutTable(answer: PostgresAnswer<TableContent>): boolean {
  return answer.kind === 'error' && answer.message.includes('does not exist');
}

function notThereYet(who: string): Words {
  return words(
    `the table has not come to ${who} yet: it does not stream from the leader, or has not replayed that far`,
    `la table n'est pas encore arrivée sur ${who} : il n'est pas en streaming depuis le leader, ou n'a pas rejoué jusque-là`,
  );
}

function noTable(table: string): { readonly seen: Words; readonly cause: Words } {
  return {
    seen: words(`there is no table ${table}`, `il n'y a pas de table ${table}`),
    cause: words(
      `${table} was not created in the database postgres on the leader`,
      `${table} n'a pas été créée dans la base postgres sur le leader`,
    ),
  };
}

function countWords({ member, name }: NodeDefinition, rows: number): Words {
  const who = member ?? name;
  return words(`${who} ${rows} row${rows === 1 ? '' : 's'}`, `${who} ${rows} ligne${rows > 1 ? 's' : ''}`);
}

function replicaWords({ node, answer }: ReplicaContent): Words {
  return answer.kind === 'answer' ? countWords(node, answer.value.rows) : silentPostgres(answer, node);
}

function differenceWords(
  { node, answer, trouble }: ReplicaContent,
  leader: TableContent,
  setting: CheckSetting,
): Words {
  const who = node.member ?? node.name;
  if (answer.kind !== 'answer') {
    const told = trouble && patroniTroubleWords(trouble, setting)?.cause;
    return told ?? (isWithoutTable(answer) ? notThereYet(who) : silentPostgres(answer, node));
  }
  if (answer.value.rows === leader.rows) {
    return words(
      `${who} has as many rows as the leader, and other ones: it is a different database, or it takes writes itself`,
      `${who} a autant de lignes que le leader, mais d'autres : c'est une autre base, ou il accepte lui-même des écritures`,
    );
  }
  return words(
    `${who} has not replayed everything: ${answer.value.rows} of ${leader.rows} rows`,
    `${who} n'a pas tout rejoué : ${answer.value.rows} lignes sur ${leader.rows}`,
  );
}
