import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareCommits } from '../../src/actions/compare-commits.ts';
import { contentScript, dropDefaultCluster } from '../../src/actions/drop-default-cluster.ts';
import { rebuildLeader } from '../../src/actions/rebuild-leader.ts';
import { recreateReplica } from '../../src/actions/recreate-replica.ts';
import { requireOwnTable } from '../../src/actions/require-own-table.ts';
import {
  hasRowsAlone,
  parseControlData,
  parseLeaderData,
  requireCopyBeside,
  requireNoRowsAlone,
} from '../../src/actions/rows-only-there.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { nodeName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { recordedPatroni } from '../checks/recorded-patroni.ts';
import { removals, scripted } from './scripted-context.ts';

const pg1 = nodeName('pg1');
const pg2 = nodeName('pg2');

function controlData(state: string, timeline = 1, checkpoint = '0/5000028', identifier = '7'): string {
  return `Database system identifier:           ${identifier}
Database cluster state:               ${state}
Latest checkpoint location:           ${checkpoint}
Latest checkpoint's TimeLineID:       ${String(timeline)}
`;
}

const leaderSays = '7\n1\t0/50000A0\tno recovery target specified\n';

describe('rows that are only on one member', () => {
  const leader = parseLeaderData(leaderSays);
  const alone = (text: string) => {
    const member = parseControlData(text);
    if (member === null || leader === null) throw new Error('not parsed');
    return hasRowsAlone(member, leader);
  };

  test.each([
    ['a standby that runs', controlData('in archive recovery', 2), false],
    ['a standby that is stopped', controlData('shut down in recovery', 2), false],
    ['a leader that shut down before its successor was promoted', controlData('shut down'), false],
    ['a leader that wrote its last after the promotion', controlData('shut down', 1, '0/50000A0'), true],
    ['one that shut down on a timeline of its own', controlData('shut down', 3), true],
    ['a leader that crashed', controlData('in production'), true],
    ['another database', controlData('in archive recovery', 1, '0/5000028', '8'), true],
  ])('%s: %#', (_what, text, expected) => {
    expect(alone(text)).toBe(expected);
  });

  const ask = async (told: Partial<CommandResult>, asked: Partial<CommandResult>) => {
    const world = scripted(['pg1', 'pg2'], (node) => (node === 'pg1' ? told : asked));
    return requireNoRowsAlone(world.context, pg1, pg2);
  };

  test('are none where there is no database, or a standby', async () => {
    await ask({ exitStatus: 66 }, {});
    await ask({ stdout: controlData('in archive recovery') }, { stdout: leaderSays });
  });

  test('stop the action; so does whoever does not say', async () => {
    await expect(ask({ stdout: controlData('in production') }, { stdout: leaderSays })).rejects.toMatchObject({
      code: 'rows-only-there',
    });
    const slow = { exitStatus: null, timedOut: true };
    await expect(ask(slow, { stdout: leaderSays })).rejects.toMatchObject({ code: 'data-unseen' });
    await expect(ask({ stdout: controlData('shut down') }, slow)).rejects.toMatchObject({ code: 'data-unseen' });
  });
});

describe.each([
  ['rebuild-leader', rebuildLeader, {}],
  ['recreate-replica', recreateReplica, {}],
])('%s', (_name, kind, args) => {
  const run = async (state: string) => {
    const reach = recordedPatroni('4.0.7', 'whole');
    const world = scripted(
      [],
      (_node, command) => {
        if (command.includes('pg_controldata')) return { stdout: controlData(state) };
        if (command.includes('pg_control_system')) return { stdout: leaderSays };
        return undefined;
      },
      reach,
    );
    // The recorded cluster stands still: its leader is not waited for.
    const context = {
      ...world.context,
      waitFor: async (_what: unknown, _seconds: number, holds: () => Promise<boolean>) => {
        await holds();
      },
    };
    const outcome = await kind.run(context, args).then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
    return { outcome, removals: removals(world) };
  };

  test('removes what the leader has too', async () => {
    expect(await run('shut down in recovery')).toEqual({ outcome: 'done', removals: [expect.any(String)] });
  });

  test('removes nothing that may be only there', async () => {
    expect(await run('in production')).toEqual({ outcome: 'rows-only-there', removals: [] });
  });
});

describe('a table that is made anew', () => {
  const ask = (columns: Partial<CommandResult>, others = '0') => {
    const world = scripted(['pg1'], (_node, command) =>
      command.includes('information_schema') ? columns : { stdout: `${others}\n` },
    );
    const own = { table: 'invoices', columns: ['id', 'note'], rows: "note like 'invoice %'" };
    return requireOwnTable(world.context, pg1, own);
  };

  test('is not there yet, or is the step’s own', async () => {
    await ask({ stdout: '\n' });
    await ask({ stdout: 'id,note\n' });
  });

  test("is somebody's: other columns, other rows, or nobody says", async () => {
    await expect(ask({ stdout: 'id,note,amount\n' })).rejects.toMatchObject({ code: 'table-of-others' });
    await expect(ask({ stdout: 'id,note\n' }, '3')).rejects.toMatchObject({ code: 'table-of-others' });
    await expect(ask({ exitStatus: null, timedOut: true })).rejects.toMatchObject({ code: 'data-unseen' });
  });

  test('compare-commits asks before pgbench makes its tables anew', async () => {
    const world = scripted(['pg1'], (_node, command) =>
      command.includes('information_schema') ? { stdout: 'a,b\n' } : undefined,
    );
    await expect(compareCommits.run(world.context, {})).rejects.toMatchObject({ code: 'table-of-others' });
    expect(removals(world)).toEqual([]);
  });
});

describe('the directory beside', () => {
  const ask = (told: Partial<CommandResult>) => {
    const world = scripted(['pg1', 'pg2'], (node) => (node === 'pg1' ? told : { stdout: leaderSays }));
    return requireCopyBeside(world.context, pg1, pg2, '/beside');
  };

  test('is empty, or a copy of this cluster', async () => {
    await ask({ exitStatus: 66 });
    await ask({ stdout: controlData('in production') });
  });

  test('is something else, or does not say', async () => {
    await expect(ask({ exitStatus: 65 })).rejects.toMatchObject({ code: 'directory-of-others' });
    await expect(ask({ stdout: controlData('shut down', 1, '0/1', '8') })).rejects.toMatchObject({
      code: 'directory-of-others',
    });
    await expect(ask({ exitStatus: null, timedOut: true })).rejects.toMatchObject({ code: 'data-unseen' });
  });
});

describe('drop-default-cluster', () => {
  const drop = (content: Partial<CommandResult>) => {
    const world = scripted(['pg1'], (_node, command) => {
      if (command.startsWith('pg_lsclusters'))
        return { stdout: '17 main 5432 down postgres /var/lib/postgresql/17/main /l\n' };
      return command.includes('patroni.dynamic.json') ? content : undefined;
    });
    return { world, done: dropDefaultCluster.run(world.context, {}) };
  };

  test('drops one that is as initdb made it; of Patroni’s only the Debian configuration', async () => {
    const empty = drop({ stdout: 'empty\n' });
    await empty.done;
    expect(removals(empty.world)).toEqual(['pg1 pg_dropcluster --stop 17 main']);
    const patroni = drop({ stdout: 'patroni\n' });
    await patroni.done;
    expect(removals(patroni.world)).toEqual(['pg1 rm -rf -- /etc/postgresql/17/main']);
  });

  test('stops at rows, and where the node does not say', async () => {
    const rows = drop({ stdout: 'rows\n' });
    await expect(rows.done).rejects.toMatchObject({ code: 'cluster-not-empty' });
    const slow = drop({ exitStatus: null, timedOut: true });
    await expect(slow.done).rejects.toMatchObject({ code: 'data-unseen' });
    expect([...removals(rows.world), ...removals(slow.world)]).toEqual([]);
  });

  describe('what is in a data directory', () => {
    let folder = '';
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'lab-content-'));
      await mkdir(join(folder, 'base', '5'), { recursive: true });
      await mkdir(join(folder, 'pg_tblspc'));
      for (const name of ['1259', '1259_fsm', 'PG_VERSION']) await writeFile(join(folder, 'base', '5', name), '');
    });
    afterEach(() => rm(folder, { recursive: true }));
    const content = async () => (await runProgram(['sh', '-c', contentScript, 'content', folder])).stdout.trim();

    test('initdb’s own numbers are nothing', async () => {
      expect(await content()).toBe('empty');
    });

    test.each([
      ['a table', 'base/5/16384'],
      ['a database', 'base/16390'],
      ['a tablespace', 'pg_tblspc/16400'],
    ])('%s is something', async (_what, path) => {
      await mkdir(join(folder, path));
      expect(await content()).toBe('rows');
    });

    test('Patroni’s is Patroni’s, and one that can not be read says nothing', async () => {
      await writeFile(join(folder, 'patroni.dynamic.json'), '{}');
      expect(await content()).toBe('patroni');
      await rm(join(folder, 'patroni.dynamic.json'));
      await rm(join(folder, 'base'), { recursive: true });
      expect(await content()).toBe('');
    });
  });
});
