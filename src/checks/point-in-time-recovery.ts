import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { nodeFile } from '../probes/node-file.ts';
import { psqlCommand, type PostgresAnswer } from '../probes/postgres.ts';
import { tableContent, tableContentSql, type TableContent } from '../probes/postgres-table.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';

const schema = z.strictObject({
  /** What the PostgreSQL beside wrote. */
  log: z.string().startsWith('/'),
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  rows: z.int().positive(),
});

interface RecoveryObservation {
  readonly leader: LeaderAnswer<TableContent>;
  readonly log: string | null;
}

/** On the node a PostgreSQL was recovered up to a moment, and the leader has the table that had been dropped. */
export const pointInTimeRecovery = defineCheck({
  name: 'point-in-time-recovery',
  scope: 'node',
  schema,
  withinSeconds: 15,
  tellsOfPast: true,

  async observe(reach, setting, { log, table }) {
    const leader = await askLeader(reach, setting, (node) => tableContent(reach, node, table));
    if (leader.kind === 'unseen') return leader;
    const file = await nodeFile(reach, checkedNode(setting).name, log);
    if (file.kind === 'unseen') return file;
    return seen<RecoveryObservation>({ leader: leader.value, log: file.value?.text ?? null });
  },

  judge({ leader, log }, setting, { log: path, table, rows }): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `a PostgreSQL beside was recovered to a moment, and the leader has ${table} with ${String(rows)} rows`,
      `un PostgreSQL à côté a été ramené à un instant, et le leader a ${table} avec ${String(rows)} lignes`,
    );
    const stop = log?.split('\n').findLast((line) => line.includes('recovery stopping before commit'));
    if (stop === undefined)
      return {
        verdict: 'fail',
        expected,
        seen:
          log === null
            ? words(`no ${path} on ${name}`, `pas de ${path} sur ${name}`)
            : words(`no recovery that stopped, in ${path}`, `aucune récupération arrêtée, dans ${path}`),
        cause: whyNotStopped(log),
      };
    const missing = dropped(leader.answer, table);
    if (missing !== null) return { verdict: 'fail', expected, ...missing };
    return judgeLeader(leader, setting, expected, (content) => {
      const found = words(
        `${stop.replace(/^.*LOG:\s*/, '')}; ${table}: ${String(content.rows)} rows`,
        `${stop.replace(/^.*LOG:\s*/, '')} ; ${table} : ${String(content.rows)} lignes`,
      );
      if (content.rows === rows) return { verdict: 'pass', expected, seen: found };
      return { verdict: 'fail', expected, seen: found };
    });
  },

  command: ({ workshop }, { table }) => psqlCommand(workshop, tableContentSql(table)),
});

function dropped(answer: PostgresAnswer<TableContent> | null, table: string) {
  if (answer?.kind !== 'error' || !answer.message.includes('does not exist')) return null;
  return {
    seen: words(`the leader has no table ${table}`, `le leader n'a pas de table ${table}`),
    cause: words(
      'it was recovered beside, and not copied back to the leader',
      'elle a été récupérée à côté, sans être recopiée sur le leader',
    ),
  };
}

function whyNotStopped(log: string | null) {
  if (log === null)
    return words('no PostgreSQL was recovered beside yet', "aucun PostgreSQL n'a encore été récupéré à côté");
  const fatal = log.split('\n').findLast((line) => line.includes('FATAL:'));
  if (fatal === undefined)
    return words(
      'it was recovered to the end of the archive: no `--type=time` with a `--target`',
      "la récupération est allée au bout de l'archive : pas de `--type=time` avec un `--target`",
    );
  const said = fatal.replace(/^.*FATAL:\s*/, '');
  return words(`PostgreSQL beside says: ${said}`, `le PostgreSQL à côté dit : ${said}`);
}
