import * as z from 'zod';
import { dcsEmptyings } from './dcs-emptyings.ts';
import { parseJson } from './parse-json.ts';
import { patroniNodes } from './patroni.ts';
import { askPatroni } from './patroni-rest.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** PostgreSQL left a timeline: a replica was promoted, or a leader came back after a crash. */
export interface TimelineSwitch {
  /** The timeline that ended. */
  readonly timeline: number;
  /** Seconds since 1970; null where Patroni doesn't know. */
  readonly at: number | null;
  /** The member that leads the new timeline; null where Patroni doesn't know. */
  readonly leader: string | null;
}

// [timeline, position, reason, time, leader]; the last two are missing where Patroni read the history from PostgreSQL alone.
const schema = z.array(z.array(z.union([z.number(), z.string()])));
type Row = z.infer<typeof schema>[number];
const wholeRow = 5;

/** Patroni's history, oldest first, as whoever answers tells it; null when no Patroni answers. */
export async function patroniHistory(reach: Reach): Promise<Observed<readonly TimelineSwitch[] | null>> {
  const told = await Promise.all(
    patroniNodes(reach.workshop).map((node) => askPatroni(reach, node, '/history', schema)),
  );
  const answers = told.flatMap((one) => (one.kind === 'seen' && one.value.kind === 'answer' ? [one.value.value] : []));
  const [longest] = [...answers].sort((one, other) => other.length - one.length);
  if (longest === undefined) return told.find((one) => one.kind === 'unseen') ?? seen(null);
  return seen((await withTimesAndNames(reach, longest)).flatMap(toSwitch));
}

/** Who led and since when stands in etcd alone. Where etcd was emptied, its older revisions still have it. */
async function withTimesAndNames(reach: Reach, rows: readonly Row[]): Promise<readonly Row[]> {
  if (rows.every((row) => row.length >= wholeRow)) return rows;
  const emptyings = await dcsEmptyings(reach, firstRevision);
  if (emptyings.kind === 'unseen' || emptyings.value === null) return rows;
  const older = emptyings.value.flatMap(({ historyBefore }) => schema.safeParse(parseJson(historyBefore)).data ?? []);
  return rows.map((row) =>
    row.length >= wholeRow
      ? row
      : (older.find((one) => one.length >= wholeRow && one[0] === row[0] && one[1] === row[1]) ?? row),
  );
}

/** etcd counts from here. */
const firstRevision = 1n;

function toSwitch([timeline, , , time, leader]: Row): readonly TimelineSwitch[] {
  if (typeof timeline !== 'number') return [];
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return [
    {
      timeline,
      at: Number.isNaN(at) ? null : at / 1000,
      leader: typeof leader === 'string' ? leader : null,
    },
  ];
}
