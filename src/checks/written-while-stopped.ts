import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { journalLines } from '../probes/journal-lines.ts';
import { noteTimes, noteTimesSql } from '../probes/note-times.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { seen } from '../probes/reach.ts';
import { messageIds } from '../probes/service-state.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { type StopInterval, stopIntervals } from './stop-intervals.ts';

const schema = z.strictObject({
  unit: z.string(),
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  note: z.string(),
});

interface StoppedObservation {
  readonly stops: readonly StopInterval[];
  readonly rows: LeaderAnswer<readonly { readonly at: number }[]>;
}

/** A row was written at a moment when a service of this node was stopped: whoever wrote it did without. */
export const writtenWhileStopped = defineCheck({
  name: 'written-while-stopped',
  scope: 'node',
  schema,
  withinSeconds: 10,
  tellsOfPast: true,

  async observe(reach, setting, { unit, table, note }) {
    const [lines, rows] = await Promise.all([
      journalLines(reach, checkedNode(setting).name, { terms: startsAndEnds(unit), last: 100 }),
      askLeader(reach, setting, (leader) => noteTimes(reach, leader, table, note)),
    ]);
    if (lines.kind === 'unseen') return lines;
    if (rows.kind === 'unseen') return rows;
    return seen<StoppedObservation>({ stops: stopIntervals(lines.value), rows: rows.value });
  },

  judge({ stops, rows }, setting, { unit, table, note }): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `"${note}" is in ${table}, written while ${unit} was stopped on ${name}`,
      `« ${note} » est dans ${table}, écrit pendant que ${unit} était arrêté sur ${name}`,
    );
    return judgeLeader(rows, setting, expected, (times) => {
      const meanwhile = times.some(({ at }) =>
        stops.some(({ fromUs, toUs }) => fromUs <= at * 1e6 && (toUs === null || at * 1e6 <= toUs)),
      );
      const count = words(`${String(times.length)} such rows`, `${String(times.length)} ligne(s)`);
      if (meanwhile) return { verdict: 'pass', expected, seen: count };
      const cause =
        times.length === 0
          ? words('no such row was written', "aucune ligne de ce genre n'a été écrite")
          : words(
              `${unit} was running on ${name} each time that such a row was written`,
              `${unit} était en marche sur ${name} à chaque écriture d'une telle ligne`,
            );
      return { verdict: 'fail', expected, seen: count, cause };
    });
  },

  command: ({ workshop }, { table, note }) => psqlCommand(workshop, noteTimesSql(table, note)),
});

/** Of what systemd wrote about it, those lines only: the service itself writes one for every connection. */
function startsAndEnds(unit: string): readonly string[] {
  const { started, stopped, endedWell, failed } = messageIds;
  return [`UNIT=${unit}.service`, ...[started, stopped, endedWell, failed].map((id) => `MESSAGE_ID=${id}`)];
}
