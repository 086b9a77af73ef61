import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type Words, words } from '../model/words.ts';
import { journalLines } from '../probes/journal-lines.ts';
import { notedMoments, notedMomentsSql, type NotedMoment } from '../probes/noted-moments.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { seen } from '../probes/reach.ts';
import { messageIds } from '../probes/service-state.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { stopIntervals, type StopInterval } from './stop-intervals.ts';

const schema = z.strictObject({
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  /** Of a row that was begun while no standby was there, and of the row that the same session wrote next. */
  begun: z.string(),
  returned: z.string(),
  /** The first commit came back only once a standby did; else while there was none. */
  waited: z.boolean(),
});
type Args = z.infer<typeof schema>;

interface WaitObservation {
  readonly moments: LeaderAnswer<readonly NotedMoment[]>;
  readonly stops: readonly { readonly node: NodeDefinition; readonly intervals: readonly StopInterval[] }[];
}

/** A commit without a standby waited for one, or did not: the rows' times beside the times at which Patroni was stopped. */
export const commitWaited = defineCheck({
  name: 'commit-waited',
  scope: 'cluster',
  schema,
  withinSeconds: 15,
  tellsOfPast: true,

  async observe(reach, setting, { table, begun, returned }) {
    const moments = await askLeader(reach, setting, (leader) => notedMoments(reach, leader, table, [begun, returned]));
    if (moments.kind === 'unseen') return moments;
    const members = patroniNodes(reach.workshop).filter(({ name }) => setting.nodes.some((node) => node.name === name));
    const ids = [messageIds.started, messageIds.stopped, messageIds.endedWell, messageIds.failed];
    const terms = ['UNIT=patroni.service', ...ids.map((id) => `MESSAGE_ID=${id}`)];
    const all = await Promise.all(
      members.map(async (node) => ({ node, lines: await journalLines(reach, node.name, { terms, last: 200 }) })),
    );
    const stops: { node: NodeDefinition; intervals: readonly StopInterval[] }[] = [];
    for (const { node, lines } of all) {
      if (lines.kind === 'unseen') return lines;
      stops.push({ node, intervals: stopIntervals(lines.value) });
    }
    return seen<WaitObservation>({ moments: moments.value, stops });
  },

  judge({ moments, stops }, setting, args): Judgement {
    const expected = expectedWords(args);
    return judgeLeader(moments, setting, expected, (rows) => {
      const fail = (what: Words, cause: Words): Judgement => ({ verdict: 'fail', expected, seen: what, cause });
      const [begun, returned] = [args.begun, args.returned].map((note) => rows.find((row) => row.note === note)?.at);
      if (begun === undefined || returned === undefined) return fail(...missing(args, begun));
      const down = stops.flatMap(({ intervals }) => intervals.find((one) => covers(one, begun * 1e6)) ?? []);
      const others = stops.length - 1;
      if (down.length < others) return fail(...standbyThere(down.length, others));
      const back = Math.min(...down.map(({ toUs }) => toUs ?? Number.POSITIVE_INFINITY)) / 1e6;
      const seconds = (returned - begun).toFixed(1);
      const took = words(`the commit took ${seconds} s`, `le commit a pris ${seconds} s`);
      if (args.waited === returned >= back) return { verdict: 'pass', expected, seen: took };
      return fail(took, otherwise(args.waited));
    });
  },

  command: ({ workshop }, { table, begun, returned }) =>
    psqlCommand(workshop, notedMomentsSql(table, [begun, returned])),
});

function covers({ fromUs, toUs }: StopInterval, atUs: number): boolean {
  return fromUs <= atUs && (toUs === null || toUs > atUs);
}

function expectedWords({ begun, waited }: Args): Words {
  return waited
    ? words(`the commit of "${begun}" waited for a standby`, `le commit de « ${begun} » a attendu un standby`)
    : words(
        `the commit of "${begun}" came back without a standby`,
        `le commit de « ${begun} » est revenu sans standby`,
      );
}

function missing({ begun, returned }: Args, there: number | undefined): [seen: Words, cause: Words] {
  const note = there === undefined ? begun : returned;
  return [
    words(`no row "${note}"`, `pas de ligne « ${note} »`),
    words(
      `"${note}" was never written, or its commit still waits: for whom, says \`show synchronous_standby_names\` on the leader`,
      `« ${note} » n'a jamais été écrite, ou son commit attend encore : qui, \`show synchronous_standby_names\` le dit sur le leader`,
    ),
  ];
}

function standbyThere(down: number, others: number): [seen: Words, cause: Words] {
  return [
    words(`${down} of ${others} replicas were stopped then`, `${down} réplicas sur ${others} étaient arrêtés alors`),
    words(
      'a standby was still there when the row was written, so there was nothing to wait for: stop Patroni on both replicas first',
      "un standby était encore là quand la ligne a été écrite, il n'y avait donc rien à attendre : arrêtez d'abord Patroni sur les deux réplicas",
    ),
  ];
}

function otherwise(waited: boolean): Words {
  return waited
    ? words(
        'it came back while no standby was there: `synchronous_mode_strict` was not on, so Patroni had switched synchronous replication off',
        "il est revenu alors qu'aucun standby n'était là : `synchronous_mode_strict` n'était pas activé, Patroni avait donc suspendu la réplication synchrone",
      )
    : words(
        'it came back only when a standby did: `synchronous_mode_strict` was on, or the standbys came back too soon',
        "il n'est revenu qu'avec un standby : `synchronous_mode_strict` était activé, ou les standbys sont revenus trop tôt",
      );
}
