import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { type Observed, type Reach } from './reach.ts';

/** A run of `lab measure` as the database has it: counted now, from the rows themselves. */
export interface LedgerRunSeen {
  readonly run: string;
  readonly acknowledged: number;
  readonly lost: number;
}

const row = z.object({ run: z.string(), acknowledged: z.int(), lost: z.int() });

/** Without the outer select: for people too. */
export function ledgerRunsSql(scenario: string, synchronous: string): string {
  return `select run, (select count(*)::int from ledger_acknowledged a where a.run = r.run) as acknowledged, (select count(*)::int from ledger_acknowledged a where a.run = r.run and not exists (select from ledger_rows w where (w.run, w.client, w.n) = (a.run, a.client, a.n))) as lost from ledger_runs r where scenario = '${scenario}' and synchronous = '${synchronous}'`;
}

export function ledgerRuns(
  reach: Reach,
  node: NodeDefinition,
  scenario: string,
  synchronous: string,
): Promise<Observed<PostgresAnswer<readonly LedgerRunSeen[]>>> {
  return askPostgres(reach, node, ledgerRunsSql(scenario, synchronous), row);
}
