import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { noteTimes } from '../probes/postgres-notes.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';

interface Vanishing {
  readonly row: LeaderAnswer<readonly { readonly at: number }[]>;
  readonly logs: readonly { readonly node: NodeDefinition; readonly lines: readonly JournalLine[] }[];
}

/** So long before the row, at most, the members lost their leader: whoever types needs his time. */
const secondsBefore = 300;
const lastLines = 200;

/** The row was written after etcd's members had lost their leader without a word (a stop hands over) and chosen another. */
export const etcdLeaderVanished = defineCheck({
  name: 'etcd-leader-vanished',
  scope: 'cluster',
  schema: z.strictObject({ table: z.string().regex(/^[a-z_][a-z0-9_]*$/), note: z.string() }),
  withinSeconds: 20,
  tellsOfPast: true,

  async observe(reach, setting, { table, note }) {
    const row = await askLeader(reach, setting, (leader) => noteTimes(reach, leader, table, note));
    if (row.kind === 'unseen') return row;
    const nodes = setting.workshop.nodes.filter(
      ({ name }) => setting.workshop.groups['etcd']?.includes(name) && reach.observation.nodes.get(name) === 'running',
    );
    const grep = 'raft.node: \\w+ (lost|elected) leader';
    const logs: Vanishing['logs'][number][] = [];
    for (const { node, lines } of await Promise.all(
      nodes.map(async (node) => ({
        node,
        lines: await journalLines(reach, node.name, { unit: 'etcd', grep, last: lastLines }),
      })),
    )) {
      if (lines.kind === 'unseen') return lines;
      logs.push({ node, lines: lines.value });
    }
    return seen<Vanishing>({ row: row.value, logs });
  },

  judge({ row, logs }, setting, { table, note }): Judgement {
    const expected = words(
      `"${note}" was written while etcd's leader was lost`,
      `« ${note} » a été écrite pendant que le leader d'etcd était perdu`,
    );
    return judgeLeader(row, setting, expected, (rows) => {
      if (rows.length === 0)
        return { verdict: 'fail', expected, seen: words(`${table} has no such row`, `${table} n'a pas cette ligne`) };
      const fitting = rows.flatMap(({ at }) => {
        const witness = logs.find(({ lines }) => lostAndElected(lines, at));
        return witness === undefined ? [] : [{ at, name: witness.node.name }];
      });
      const [found] = fitting;
      if (found !== undefined) {
        const when = new Date(found.at * 1000).toISOString().slice(11, 19);
        return {
          verdict: 'pass',
          expected,
          seen: words(
            `written at ${when} (UTC), when ${found.name} had a new leader`,
            `écrite à ${when} (UTC), quand ${found.name} avait un nouveau leader`,
          ),
        };
      }
      return {
        verdict: 'fail',
        expected,
        seen: words('the row is there', 'la ligne est là'),
        cause: words(
          'it was written while etcd had the leader that it had had for long: freeze the member that leads etcd, and write the row then',
          "elle a été écrite alors qu'etcd avait le même leader depuis longtemps : gelez le membre qui mène etcd, et écrivez la ligne à ce moment-là",
        ),
      };
    });
  },

  command: () => "journalctl -u etcd -g 'raft.node: .* leader'",
});

function lostAndElected(lines: readonly JournalLine[], at: number): boolean {
  const before = lines.filter(({ atUs }) => atUs / 1e6 <= at && atUs / 1e6 > at - secondsBefore);
  const lost = before.findIndex(({ message }) => message.includes(' lost leader '));
  return lost >= 0 && before.slice(lost).some(({ message }) => message.includes(' elected leader '));
}
