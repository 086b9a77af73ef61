import { z } from 'zod';
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
const schema = z.array(z.array(z.union([z.number(), z.string()]))).transform((rows) => rows.flatMap(toSwitch));

/** Patroni's history, oldest first, as whoever answers tells it; null when no Patroni answers. */
export async function patroniHistory(reach: Reach): Promise<Observed<readonly TimelineSwitch[] | null>> {
  const told = await Promise.all(
    patroniNodes(reach.workshop).map((node) => askPatroni(reach, node, '/history', schema)),
  );
  const answers = told.flatMap((one) => (one.kind === 'seen' && one.value.kind === 'answer' ? [one.value.value] : []));
  const [longest] = [...answers].sort((one, other) => other.length - one.length);
  if (longest !== undefined) return seen(longest);
  return told.find((one) => one.kind === 'unseen') ?? seen(null);
}

function toSwitch([timeline, , , time, leader]: readonly (number | string)[]): readonly TimelineSwitch[] {
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
