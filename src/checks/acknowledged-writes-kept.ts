import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { nodeFile } from '../probes/node-file.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { numberedRows, numbersSql, type NumberedRow } from '../probes/postgres-numbers.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { type LeaderChanges, observeLeaderChanges } from './leader-changes/observe-leader-changes.ts';
import { notBegun } from './not-begun.ts';

const schema = z.strictObject({
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  /** The numbers that were acknowledged, one a line. */
  ledger: z.string().startsWith('/'),
});

interface LedgerObservation {
  /** null: there is no such file. */
  readonly acknowledged: readonly number[] | null;
  readonly rows: LeaderAnswer<readonly NumberedRow[]>;
  readonly changes: LeaderChanges;
}

/** The writer wrote while the leader changed by a switchover, and the leader has every number that was acknowledged. */
export const acknowledgedWritesKept = defineCheck({
  name: 'acknowledged-writes-kept',
  scope: 'node',
  schema,
  withinSeconds: 30,
  tellsOfPast: true,

  async observe(reach, setting, { table, ledger }) {
    const file = await nodeFile(reach, checkedNode(setting).name, ledger);
    if (file.kind === 'unseen') return file;
    const rows = await askLeader(reach, setting, (leader) => numberedRows(reach, leader, table));
    if (rows.kind === 'unseen') return rows;
    const changes = await observeLeaderChanges(reach, setting);
    if (changes.kind === 'unseen') return changes;
    const acknowledged =
      file.value?.text
        .split('\n')
        .filter((line) => line !== '')
        .map(Number) ?? null;
    return seen<LedgerObservation>({ acknowledged, rows: rows.value, changes: changes.value });
  },

  judge({ acknowledged, rows, changes }, setting, { table, ledger }): Judgement {
    const expected = words(
      `every number in ${ledger} is in ${table}, and the switchover came in between`,
      `chaque numéro de ${ledger} est dans ${table}, et le switchover est tombé au milieu`,
    );
    if (changes.kind === 'not-begun') return notBegun(expected, setting);
    const fail = (found: Words, cause: Words): Judgement => ({ verdict: 'fail', expected, seen: found, cause });
    if (acknowledged === null || acknowledged.length === 0) return fail(...noLedger(ledger));
    if (rows.answer?.kind === 'error' && rows.answer.message.includes('does not exist'))
      return fail(
        words(`there is no table ${table}`, `il n'y a pas de table ${table}`),
        words('the writer has not run yet', "l'écrivain n'a pas encore tourné"),
      );
    return judgeLeader(rows, setting, expected, (kept) => {
      const there = new Set(kept.map(({ n }) => n));
      const lost = acknowledged.filter((n) => !there.has(n));
      const count = countWords(acknowledged.length, lost);
      if (lost.length > 0) return fail(count, lostWords(lost));
      if (switchedWhile(kept, changes)) return { verdict: 'pass', expected, seen: count };
      return fail(
        count,
        words(
          'no switchover happened while the writer was writing: it ended before, or began after it',
          "aucun switchover n'a eu lieu pendant que l'écrivain écrivait : il a fini avant, ou commencé après",
        ),
      );
    });
  },

  command: ({ workshop }, { table }) => psqlCommand(workshop, numbersSql(table)),
});

function switchedWhile(rows: readonly NumberedRow[], changes: LeaderChanges): boolean {
  const times = rows.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const all = changes.kind === 'changes' ? changes.changes : [];
  return all.some(({ how, at }) => how === 'switchover' && at !== null && first < at && at < last);
}

function noLedger(ledger: string): [seen: Words, cause: Words] {
  return [
    words('nothing was acknowledged', "rien n'a été confirmé"),
    words(
      `${ledger} is missing or empty: the writer notes there what was acknowledged`,
      `${ledger} manque ou est vide : l'écrivain y note ce qui a été confirmé`,
    ),
  ];
}

function countWords(acknowledged: number, lost: readonly number[]): Words {
  return words(
    `${acknowledged} acknowledged, ${lost.length} lost`,
    `${acknowledged} confirmées, ${lost.length} perdue${lost.length > 1 ? 's' : ''}`,
  );
}

function lostWords(lost: readonly number[]): Words {
  const some = lost.slice(0, 10).join(', ');
  return words(
    `acknowledged and not there: ${some}. A failover that nobody planned may lose the last writes; a switchover waits for the replica`,
    `confirmées et absentes : ${some}. Un failover que personne n'a prévu peut perdre les dernières écritures ; un switchover attend le réplica`,
  );
}
