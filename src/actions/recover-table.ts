import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { verbatim, words } from '../model/words.ts';
import { awaitLeader } from './await-leader.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { psqlProgram } from '../probes/postgres.ts';
import { requireCopyBeside } from './rows-only-there.ts';
import { requireOwnTable } from './require-own-table.ts';
import { psqlInNode } from './psql-in-node.ts';
import { runPgbackrest } from './run-pgbackrest.ts';

const schema = z.strictObject({
  stanza: z.string(),
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  rows: z.int().positive(),
  /** Of the PostgreSQL beside: its data, its port, its log. */
  directory: z.string().startsWith('/'),
  port: z.string().regex(/^\d+$/),
  log: z.string().startsWith('/'),
});
type Args = z.infer<typeof schema>;

/**
 * Makes a table, drops it, recovers the database to the moment between the two on the node, in a directory of its own,
 * and copies the table from there back to the leader. From any point it begins anew.
 */
export const recoverTable = defineAction({
  name: 'recover-table',
  drill: true,
  removes: ['tables', 'database'],
  schema,
  run: async (context, args) => {
    const [node] = context.nodes;
    if (node === undefined) throw new Error('recover-table needs a target: the node to recover on');
    const leader = await awaitLeader(context);
    await requireOwnTable(context, leader, {
      table: args.table,
      columns: ['id', 'note'],
      rows: "note like 'invoice %'",
    });
    await requireCopyBeside(context, node.name, leader, args.directory);
    await context.exec(node.name, beside('remove', args));
    await psql(context, leader, makeTable(args));
    const moment = (await psql(context, leader, 'select clock_timestamp();')).trim();
    await psql(context, leader, `drop table ${args.table};`);
    await runPgbackrest(context, leader, [`--stanza=${args.stanza}`, 'check']);
    const target = [`--pg1-path=${args.directory}`, '--type=time', `--target=${moment}`, '--target-action=promote'];
    await runPgbackrest(context, node.name, [`--stanza=${args.stanza}`, ...target, '--archive-mode=off', 'restore']);
    await context.exec(node.name, beside('start', args));
    await atTheMoment(context, node.name, args);
    const dump = ['pg_dump', '-h', '/var/run/postgresql', '-p', args.port, '-U', superuser(context), '-t', args.table];
    const dumped = await context.exec(node.name, ['runuser', '-u', 'postgres', '--', ...dump, 'postgres']);
    await psql(context, await awaitLeader(context), `begin;\n${dumped.stdout}\ncommit;`);
    await context.exec(node.name, beside('remove', args));
  },
});

// $1 what to do, $2 directory, $3 port, $4 log.
const script = `set -e
cd /
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
as() { runuser -u postgres -- "$@"; }
case $1 in
remove)
  if as "$bin/pg_ctl" -D "$2" status > /dev/null 2>&1; then as "$bin/pg_ctl" -D "$2" -m immediate -w stop; fi
  rm -rf "$2"; install -d -o postgres -g postgres -m 700 "$2" ;;
start)
  as "$bin/pg_ctl" -D "$2" -l "$4" -o "-p $3 -c listen_addresses=" -w -t 60 start > /dev/null ;;
esac`;

function beside(what: 'remove' | 'start', { directory, port, log }: Args): readonly string[] {
  return ['sh', '-c', script, 'beside', what, directory, port, log];
}

/** It takes connections before it has come there; then it is promoted. */
async function atTheMoment(context: ActionContext, node: NodeName, { port }: Args): Promise<void> {
  const ask = [
    psqlProgram(context.edition),
    '-XAt',
    '-h',
    '/var/run/postgresql',
    '-p',
    port,
    '-U',
    superuser(context),
    'postgres',
  ];
  const argv = ['runuser', '-u', 'postgres', '--', ...ask, '-c', 'select pg_is_in_recovery()'];
  await context.waitFor(words('the recovery has ended', 'la récupération est terminée'), 60, async () => {
    const answer = await context.attempt(node, argv);
    return answer.stdout.trim() === 'f';
  });
}

function makeTable({ table, rows }: Args): string {
  return `begin;
drop table if exists ${table};
create table ${table} (id bigint generated always as identity primary key, note text not null);
insert into ${table} (note) select 'invoice ' || n from generate_series(1, ${String(rows)}) as n;
commit;`;
}

function superuser({ workshop }: ActionContext): string {
  return workshop.values['superuser_name'] ?? 'postgres';
}

async function psql(context: ActionContext, node: NodeName, sql: string): Promise<string> {
  const answer = await psqlInNode(context, node, `${sql}\n`);
  if (succeeded(answer)) return answer.stdout;
  throw new LabError('sql-failed', verbatim(answer.stderr.trim().split('\n').at(-1) ?? ''), {
    exit: exitStatus.failed,
  });
}
