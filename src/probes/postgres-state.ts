import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** What one PostgreSQL says of itself. */
export interface PostgresState {
  /** true: it replays what another one writes. PostgreSQL's own word for a replica that takes no writes. */
  readonly inRecovery: boolean;
  /** Made by initdb: the same on all copies of one database. A 64-bit number. */
  readonly systemIdentifier: string;
  /** null when a replica has not received anything yet. */
  readonly timeline: number | null;
  /** When its main process started, seconds since 1970: tells two servers apart. */
  readonly startedAt: number;
  readonly defaultReadOnly: boolean;
  /** Where `default_transaction_read_only` comes from: `configuration file`, `database` … */
  readonly defaultReadOnlySource: string;
  readonly replayPaused: boolean;
  /** `recovery_min_apply_delay` where it isn't 0: what is received is replayed only after that time. */
  readonly applyDelay: { readonly milliseconds: number; readonly source: SettingSource | null } | null;
  /** The slot that the replica was told to use; empty on a leader. */
  readonly primarySlotName: string;
  /** null when no WAL is received: always on a leader. */
  readonly receiver: { readonly status: string; readonly host: string | null; readonly slot: string | null } | null;
}

/** The line of a configuration file that a setting comes from. */
export interface SettingSource {
  readonly file: string;
  readonly line: number;
}

const sql = `
select pg_is_in_recovery() as in_recovery,
       (select system_identifier::text from pg_control_system()) as system_identifier,
       case when pg_is_in_recovery()
            then coalesce((select received_tli from pg_stat_wal_receiver), (select timeline_id from pg_control_checkpoint()))
            else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end as timeline,
       extract(epoch from pg_postmaster_start_time())::float8 as started_at,
       current_setting('default_transaction_read_only') = 'on' as default_read_only,
       (select source from pg_settings where name = 'default_transaction_read_only') as default_read_only_source,
       case when pg_is_in_recovery() then pg_is_wal_replay_paused() else false end as replay_paused,
       (select row_to_json(d) from (select setting::float8 as milliseconds, sourcefile as file, sourceline as line
          from pg_settings where name = 'recovery_min_apply_delay' and setting <> '0') d) as apply_delay,
       current_setting('primary_slot_name') as primary_slot_name,
       (select row_to_json(w) from (select status, sender_host as host, slot_name as slot from pg_stat_wal_receiver) w) as receiver`;

const row = z
  .object({
    in_recovery: z.boolean(),
    system_identifier: z.string(),
    timeline: z.int().nullable(),
    started_at: z.number(),
    default_read_only: z.boolean(),
    default_read_only_source: z.string(),
    replay_paused: z.boolean(),
    apply_delay: z
      .object({ milliseconds: z.number(), file: z.string().nullable(), line: z.int().nullable() })
      .nullish(),
    primary_slot_name: z.string(),
    receiver: z.object({ status: z.string(), host: z.string().nullable(), slot: z.string().nullable() }).nullable(),
  })
  .transform((found): PostgresState => ({
    inRecovery: found.in_recovery,
    systemIdentifier: found.system_identifier,
    timeline: found.timeline,
    startedAt: found.started_at,
    defaultReadOnly: found.default_read_only,
    defaultReadOnlySource: found.default_read_only_source,
    replayPaused: found.replay_paused,
    applyDelay: found.apply_delay
      ? { milliseconds: found.apply_delay.milliseconds, source: sourceOf(found.apply_delay) }
      : null,
    primarySlotName: found.primary_slot_name,
    receiver: found.receiver,
  }));

function sourceOf({ file, line }: { file: string | null; line: number | null }): SettingSource | null {
  return file === null || line === null ? null : { file, line };
}

export async function postgresState(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PostgresAnswer<PostgresState>>> {
  const asked = await askPostgres(reach, node, sql, row);
  if (asked.kind === 'unseen') return asked;
  if (asked.value.kind !== 'answer') return seen(asked.value);
  const [state] = asked.value.value;
  return seen(state === undefined ? { kind: 'error', message: 'no row' } : { kind: 'answer', value: state });
}
