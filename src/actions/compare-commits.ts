import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { type OwnTable, requireOwnTable } from './require-own-table.ts';

/** Long enough for a figure, and short enough to be done in passing. */
const runSeconds = 3;
const clients = 4;

/** pgbench makes these anew, with rows that it counts up itself. */
const tables: readonly OwnTable[] = [
  { table: 'pgbench_accounts', columns: ['aid', 'bid', 'abalance', 'filler'] },
  { table: 'pgbench_branches', columns: ['bid', 'bbalance', 'filler'] },
  { table: 'pgbench_history', columns: ['tid', 'bid', 'aid', 'delta', 'mtime', 'filler'] },
  { table: 'pgbench_tellers', columns: ['tid', 'bid', 'tbalance', 'filler'] },
];

/** pgbench on the target: commits that wait for no standby beside commits that do. Its tables stay. */
export const compareCommits = defineAction({
  name: 'compare-commits',
  removes: ['tables'],
  schema: z.strictObject({}),
  run: async (context) => {
    const [leader] = context.nodes;
    if (leader === undefined) throw new Error('compare-commits needs a target');
    for (const table of tables) await requireOwnTable(context, leader.name, table);
    await pgbench(context, ['--initialize', '--quiet', '--scale', '1'], 'on');
    const time = ['--client', String(clients), '--time', String(runSeconds), '--no-vacuum'];
    const alone = await pgbench(context, time, 'local');
    const waiting = await pgbench(context, time, 'on');
    const figure = (name: RegExp, output: string): string => name.exec(output)?.[1] ?? '?';
    const both = [alone, waiting].map((output) => ({
      latency: figure(/latency average = ([\d.]+) ms/, output),
      rate: figure(/tps = (\d+)/, output),
    }));
    const [one, other] = both.map(({ latency, rate }) => `${latency} ms, ${rate}/s`);
    context.progress(
      words(
        `commits without a standby: ${one ?? ''}; with one: ${other ?? ''}`,
        `commits sans standby : ${one ?? ''} ; avec : ${other ?? ''}`,
      ),
    );
  },
});

async function pgbench(context: ActionContext, args: readonly string[], commit: 'local' | 'on'): Promise<string> {
  const [node] = context.nodes;
  if (node === undefined) throw new Error('compare-commits needs a target');
  const { superuser_name: user = 'postgres', postgresql_port: port = '5432' } = context.workshop.values;
  const program = `/usr/lib/postgresql/${context.edition.values['postgresql'] ?? ''}/bin/pgbench`;
  const place = ['-h', '/var/run/postgresql', '-p', port, '-U', user, 'postgres'];
  const options = `PGOPTIONS=-c synchronous_commit=${commit}`;
  const result = await context.attempt(node.name, [
    'runuser',
    '-u',
    'postgres',
    '--',
    'env',
    options,
    program,
    ...args,
    ...place,
  ]);
  if (succeeded(result)) return result.stdout;
  const said = result.stderr.trim().split('\n').at(-1) ?? '';
  throw new LabError('pgbench-failed', words(`pgbench failed: ${said}`, `pgbench a échoué : ${said}`), {
    exit: exitStatus.failed,
  });
}
