import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { awaitLeader } from './await-leader.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { requireOwnTable } from './require-own-table.ts';

const schema = z.strictObject({
  /** The member that leads afterwards. */
  to: z.string(),
  /** A table `(n int primary key, written_at timestamptz)`, made anew. */
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  /** The numbers that were acknowledged, one a line, in a file of the writer's node. */
  ledger: z.string().startsWith('/'),
});
type Args = z.infer<typeof schema>;

/**
 * Hands the lead over to a member while somebody writes: the numbers 1, 2, 3 … one after the other, each until it is
 * acknowledged and then noted in the ledger. The writer is on the first node of the target, and stops after the switchover.
 */
export const switchOver = defineAction({
  name: 'switch-over',
  drill: true,
  removes: ['tables'],
  schema,
  run: async (context, args) => {
    const { leader, replicas } = await bringMembersBack(context);
    const [writer] = context.nodes;
    if (writer === undefined) throw new Error('switch-over needs a target: the node of the writer');
    if (leader.member === args.to) {
      await handOver(context, writer.name, replicas[0]?.member ?? '');
      await bringMembersBack(context);
    }
    await requireOwnTable(context, await awaitLeader(context), { table: args.table, columns: ['n', 'written_at'] });
    await prepareWriter(context, writer.name, args);
    const writing = write(context, writer.name, args);
    // Awaited below; should it fail before that, it must not end the program.
    writing.catch(() => undefined);
    const enough = context.cleanUp(async (own) => {
      await own.attempt(writer.name, ['touch', `${args.ledger}.enough`]);
      await Promise.allSettled([writing]);
    });
    await handOver(context, writer.name, args.to);
    await enough.now();
    await writing;
    await bringMembersBack(context);
  },
});

async function handOver(context: ActionContext, node: NodeName, to: string): Promise<void> {
  const command = ['patronictl', '-c', '/etc/patroni/config.yml', 'switchover', '--candidate', to, '--force'];
  const answer = await context.exec(node, command, { timeoutSeconds: 120 });
  if (answer.stdout.includes('Successfully')) return;
  const said = answer.stdout.trim().split('\n').at(-1) ?? '';
  throw new LabError(
    'switchover-failed',
    words(`The switchover to ${to} did not come about: ${said}`, `Le switchover vers ${to} n'a pas abouti : ${said}`),
    { exit: exitStatus.failed },
  );
}

// Several hosts: libpq takes the one that accepts writes. The password comes in on standard input.
const connect = `IFS= read -r PGPASSWORD; export PGPASSWORD; database=$1; table=$2; ledger=$3`;
const prepare = `set -e; ${connect}
psql -Xq -v ON_ERROR_STOP=1 "$database" -c "drop table if exists $table" \\
  -c "create table $table (n int primary key, written_at timestamptz not null default clock_timestamp())"
rm -f "$ledger.enough"
: > "$ledger"`;
const writer = `${connect}
n=0
until [ -e "$ledger.enough" ]; do
  n=$((n + 1))
  until psql -Xq "$database" -c "insert into $table (n) values ($n) on conflict do nothing"; do sleep 0.1; done
  echo $n >> "$ledger"
done
rm -f "$ledger.enough"`;

async function prepareWriter(context: ActionContext, node: NodeName, args: Args): Promise<void> {
  await context.exec(node, ['sh', '-c', prepare, 'prepare', ...writerArguments(context, args)], password(context));
}

async function write(context: ActionContext, node: NodeName, args: Args): Promise<void> {
  const options = { ...password(context), timeoutSeconds: 180 };
  const wrote = await context.attempt(node, ['sh', '-c', writer, 'writer', ...writerArguments(context, args)], options);
  if (!succeeded(wrote)) throw new LabError('writer-failed', writerFailed(wrote.stderr), { exit: exitStatus.failed });
}

function writerArguments({ workshop }: ActionContext, { table, ledger }: Args): readonly string[] {
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = workshop.values;
  const hosts = patroniNodes(workshop).map(({ address }) => address);
  const where = `host=${hosts.join(',')} port=${port} user=${user} dbname=postgres connect_timeout=2`;
  return [`${where} target_session_attrs=read-write`, table, ledger];
}

function password({ workshop }: ActionContext): { readonly input: string } {
  return { input: `${workshop.values['superuser_password'] ?? ''}\n` };
}

function writerFailed(said: string): { readonly en: string; readonly fr: string } {
  const last = said.trim().split('\n').at(-1) ?? '';
  return words(`The writer ended: ${last}`, `L'écrivain s'est arrêté : ${last}`);
}
