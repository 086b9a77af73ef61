import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

/** Synchronous replication as a leader's PostgreSQL does it. */
export interface SynchronousState {
  /** `synchronous_standby_names` as it is used: `"pg-2"`, `2 ("pg-2","pg-3")`, `ANY 1 (…)`, `*`; empty: nobody is waited for. */
  readonly names: string;
  /** The file that it comes from; null: from nowhere, or it may not be told. */
  readonly file: string | null;
  readonly standbys: readonly {
    readonly member: string;
    /** `sync`, `quorum`, `potential`, `async`. */
    readonly state: string;
  }[];
}

export const synchronousStateSql = `select current_setting('synchronous_standby_names') as names,
       (select sourcefile from pg_settings where name = 'synchronous_standby_names') as file,
       (select coalesce(json_agg(json_build_object('member', application_name, 'state', sync_state) order by application_name), '[]')
          from pg_stat_replication where state = 'streaming') as standbys`;

const row = z.object({
  names: z.string(),
  file: z.string().nullable(),
  standbys: z.array(z.object({ member: z.string(), state: z.string() })),
});

export async function synchronousState(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PostgresAnswer<readonly SynchronousState[]>>> {
  return askPostgres(reach, node, synchronousStateSql, row);
}

/** Those that a commit waits for, or counts on. */
export function synchronousMembers({ standbys }: SynchronousState): readonly string[] {
  return standbys.filter(({ state }) => state === 'sync' || state === 'quorum').map(({ member }) => member);
}
