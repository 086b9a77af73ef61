// The ledger's tables in the database: what the clients wrote, and afterwards what they had been told, so that anybody can
// compare the two. The runs of the newest measurement of each scenario and mode stay.

import * as z from 'zod';
import { type CommandResult, succeeded } from '../../model/command.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { type NodeName } from '../../model/ids.ts';
import { type RowNumber, type ScenarioName, type SynchronousMode } from '../../model/measurement.ts';
import { words } from '../../model/words.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { type WriteTry } from '../../ledger/ledger-line.ts';
import { askPostgres } from '../../probes/postgres.ts';
import { type ActionContext } from '../kind.ts';
import { psqlInNode } from '../psql-in-node.ts';

const create = `create table if not exists ledger_runs (run text primary key, scenario text not null, synchronous text not null,
  ended_at timestamptz not null default now());
create table if not exists ledger_rows (run text not null, client int not null, n int not null,
  written_at timestamptz not null default clock_timestamp(), primary key (run, client, n));
create table if not exists ledger_acknowledged (run text not null, client int not null, n int not null,
  primary key (run, client, n));
`;
/** Runs that were cut off are in no ledger_runs. */
const tidy = `delete from ledger_rows where run not in (select run from ledger_runs);
delete from ledger_acknowledged where run not in (select run from ledger_runs);
`;

export async function prepareLedger(context: ActionContext, leader: NodeName): Promise<void> {
  await mustPsql(context, leader, `set client_min_messages = warning;\n${create}${tidy}`);
}

export interface LedgerRun {
  readonly run: string;
  readonly scenario: ScenarioName;
  readonly synchronous: SynchronousMode;
  /** The same measurement's runs before this one: they stay. */
  readonly earlierRuns: readonly string[];
}

/** Writes down what was acknowledged, beside what is there; takes the place of an older measurement of its kind. */
export async function closeLedger(
  context: ActionContext,
  leader: NodeName,
  { run, scenario, synchronous, earlierRuns }: LedgerRun,
  writes: readonly WriteTry[],
): Promise<void> {
  const acknowledged = writes.filter(({ outcome }) => outcome === 'acknowledged');
  const rows = acknowledged.map(({ client, n }) => `${run}\t${String(client)}\t${String(n)}\n`).join('');
  const stay = [run, ...earlierRuns].map((name) => `'${name}'`).join(', ');
  await mustPsql(
    context,
    leader,
    `begin;
delete from ledger_runs where scenario = '${scenario}' and synchronous = '${synchronous}' and run not in (${stay});
insert into ledger_runs (run, scenario, synchronous) values ('${run}', '${scenario}', '${synchronous}');
copy ledger_acknowledged (run, client, n) from stdin;
${rows}\\.
${tidy}commit;
`,
  );
}

/** Eight bytes a row: those of more than ten minutes of ten thousand rows a second. */
const mostOfLedger = 64 * 1024 * 1024;

const row = z.object({ client: z.int(), ns: z.array(z.int()) });

/** What the database has of a run, by the leader. */
export async function storedRows(
  context: ActionContext,
  leader: NodeDefinition,
  run: string,
): Promise<readonly RowNumber[]> {
  const sql = `select client, array_agg(n order by n) as ns from ledger_rows where run = '${run}' group by client order by client`;
  const told = await askPostgres(await context.look(), leader, sql, row, { alone: true, maxBytes: mostOfLedger });
  if (told.kind === 'seen' && told.value.kind === 'answer')
    return told.value.value.flatMap(({ client, ns }) => ns.map((n) => ({ client, n })));
  throw new LabError(
    'ledger-unread',
    words(
      `The rows of the ledger could not be read on ${leader.name}.`,
      `Les lignes du registre n'ont pas pu être lues sur ${leader.name}.`,
    ),
    { exit: exitStatus.failed },
  );
}

async function mustPsql(context: ActionContext, node: NodeName, input: string): Promise<CommandResult> {
  const result = await psqlInNode(context, node, input);
  if (succeeded(result)) return result;
  const said = result.timedOut ? 'timeout' : (result.stderr.trim().split('\n').at(-1) ?? '');
  throw new LabError(
    'ledger-unwritten',
    words(
      `The ledger's tables could not be written on ${node}: ${said}`,
      `Les tables du registre n'ont pas pu être écrites sur ${node} : ${said}`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'Look whether the cluster takes writes: lab verify',
        'Vérifiez que le cluster accepte les écritures : lab verify',
      ),
    },
  );
}
