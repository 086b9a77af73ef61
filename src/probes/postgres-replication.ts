import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** Somebody who receives WAL from this PostgreSQL. */
export interface WalSender {
  /** Patroni puts the member's name here. */
  readonly applicationName: string;
  readonly clientAddress: string | null;
  /** `startup`, `catchup`, `streaming`, `backup` … */
  readonly state: string;
  /** Not yet replayed there, in MB; null when nothing was reported yet. */
  readonly lagMb: number | null;
  readonly slot: string | null;
}

const senderSql = `
select application_name, client_addr::text, state,
       (pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end,
                        replay_lsn) / 1048576)::float8 as lag_mb,
       (select slot_name from pg_replication_slots where active_pid = pid) as slot
  from pg_stat_replication`;

const sender = z
  .object({
    application_name: z.string(),
    client_addr: z.string().nullable(),
    state: z.string(),
    lag_mb: z.number().nullable(),
    slot: z.string().nullable(),
  })
  .transform((found): WalSender => ({
    applicationName: found.application_name,
    clientAddress: found.client_addr,
    state: found.state,
    lagMb: found.lag_mb,
    slot: found.slot,
  }));

export function walSenders(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PostgresAnswer<readonly WalSender[]>>> {
  return askPostgres(reach, node, senderSql, sender);
}

/** How long a replica may take to come to where the leader was: enough, on two busy cores, for one segment. */
export const catchUpSeconds = 5;
const secondsBetweenLooks = 0.05;

/**
 * What the replica still has not replayed of the WAL that the leader had written when it was asked, in MB; the replica
 * gets `catchUpSeconds` to come there. The lag of one moment is no measure: when `archive_timeout` ends a segment,
 * `pg_current_wal_lsn` runs to the segment's end within milliseconds, and every replica is MBs behind until the rest of
 * the segment, all zeros, has been sent.
 */
export async function leftToReplay(
  reach: Reach,
  leader: NodeDefinition,
  replica: NodeDefinition,
): Promise<Observed<number | null>> {
  const written = await askPostgres(reach, leader, 'select pg_current_wal_lsn()::text as lsn', position);
  if (written.kind === 'unseen') return written;
  const [end] = written.value.kind === 'answer' ? written.value.value : [];
  if (end === undefined) return seen(null);
  const answer = await askPostgres(reach, replica, catchUpSql(end.lsn), left, { alone: true });
  if (answer.kind === 'unseen') return answer;
  return seen(answer.value.kind === 'answer' ? (answer.value.value[0]?.left_mb ?? null) : null);
}

const position = z.object({ lsn: z.string() });
const left = z.object({ left_mb: z.number().nullable() });

/** PostgreSQL looks again and again, until nothing is left: one question, however long it takes. */
function catchUpSql(lsn: string): string {
  const now = `(pg_wal_lsn_diff('${lsn}', pg_last_wal_replay_lsn()) / 1048576)::float8`;
  return `
  with recursive look(number, left_mb) as (
    select 1, ${now}
    union all
    select number + 1, ${now} from look, pg_sleep(${String(secondsBetweenLooks)})
     where left_mb > 0 and number < ${String(catchUpSeconds / secondsBetweenLooks)})
  select greatest(left_mb, 0) as left_mb from look order by number desc limit 1`;
}

export interface ReplicationSlot {
  readonly name: string;
  readonly active: boolean;
}

const slot = z.object({ name: z.string(), active: z.boolean() });

export function replicationSlots(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PostgresAnswer<readonly ReplicationSlot[]>>> {
  return askPostgres(
    reach,
    node,
    'select slot_name as name, active from pg_replication_slots order by slot_name',
    slot,
  );
}

/** The slot that Patroni gives a member (slot_name_from_member_name in its sources): pg-2 → pg_2. */
export function slotNameOf(member: string): string {
  const replaced = member
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, (char) => ('-. '.includes(char) ? '_' : `u${String(char.charCodeAt(0)).padStart(4, '0')}`));
  return replaced.slice(0, 63);
}
