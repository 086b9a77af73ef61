import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type CommandResult } from '../../src/model/command.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { parseDebianClusters } from '../../src/probes/debian-clusters.ts';
import { readDcsContent } from '../../src/probes/dcs.ts';
import { askPostgres, readPostgresAnswer } from '../../src/probes/postgres.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { pg1, trixie, workshop } from '../checks/patroni-setting.ts';
import { questionByQuestion } from '../checks/psql-questions.ts';

const row = z.object({ a: z.int() });
const result = (exitStatus: number, stdout: string, stderr = ''): CommandResult => ({
  argv: [],
  exitStatus,
  stdout,
  stderr,
  timedOut: false,
  cancelled: false,
  seconds: 0,
});

/** Answers to psql by the host that it is to connect to. */
function fakeReach(
  byHost: Readonly<Record<string, CommandResult>>,
  asked: string[] = [],
  state: NodeState = 'running',
): Reach {
  const answerEach = questionByQuestion((_node, argv) =>
    Promise.resolve(byHost[argv[argv.indexOf('-h') + 1] ?? ''] ?? result(2, '', 'psql: error: connection refused')),
  );
  return {
    workshop,
    edition: trixie,
    chapterStarts: new Map(),
    observation: { network: 'present', nodes: new Map([[pg1.name, state]]) },
    exec: (node, argv, options) => {
      asked.push(`${argv.join(' ')} < ${options?.input ?? ''}`);
      return answerEach(node, argv, options);
    },
    anew: () => fakeReach(byHost, asked, state),
    execOnNetwork: () => Promise.reject(new Error('not asked')),
  };
}

describe('psql', () => {
  it('brings rows', () => {
    expect(readPostgresAnswer(result(0, '[{"a": 1}, \n {"a": 2}]\n'), row)).toEqual({
      kind: 'answer',
      value: [{ a: 1 }, { a: 2 }],
    });
  });

  it('brings an error of PostgreSQL', () => {
    expect(readPostgresAnswer(result(1, '', 'ERROR:  relation "x" does not exist\n'), row)).toEqual({
      kind: 'error',
      message: 'ERROR:  relation "x" does not exist',
    });
  });

  it('brings something else than was asked for', () => {
    expect(readPostgresAnswer(result(0, '[{"b": 1}]'), row)).toMatchObject({ kind: 'error' });
    expect(readPostgresAnswer(result(0, 'WARNING'), row)).toMatchObject({ kind: 'error', message: 'WARNING' });
  });

  it.each([
    [
      'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5434" failed: No such file or directory',
      'down',
    ],
    ['psql: error: connection to server at "10.0.3.141", port 5434 failed: Connection refused', 'down'],
    ['psql: error: connection to server on socket "/x" failed: FATAL:  the database system is starting up', 'starting'],
    [
      'psql: error: connection to server on socket "/x" failed: FATAL:  the database system is not yet accepting connections',
      'starting',
    ],
    ['psql: error: connection to server on socket "/x" failed: FATAL:  role "dba" does not exist', 'refused'],
    ['psql: error: something new', 'other'],
  ])('finds no way in: %s', (stderr, how) => {
    expect(readPostgresAnswer(result(2, '', stderr), row)).toMatchObject({ kind: 'silence', how });
  });
});

describe('a question to PostgreSQL', () => {
  const socketMissing = result(
    2,
    '',
    'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5434" failed: No such file or directory',
  );

  it('goes through the socket', async () => {
    const asked: string[] = [];
    const answer = await askPostgres(
      fakeReach({ '/var/run/postgresql': result(0, '[{"a":1}]') }, asked),
      pg1,
      'select 1 as a',
      row,
    );
    expect(answer).toEqual({ kind: 'seen', value: { kind: 'answer', value: [{ a: 1 }] } });
    expect(asked).toHaveLength(1);
  });

  it('has the password on standard input, and in no argument', async () => {
    const asked: string[] = [];
    await askPostgres(fakeReach({ '/var/run/postgresql': result(0, '[]') }, asked), pg1, 'select 1 as a', row);
    expect(asked[0]).toMatch(/ < secret\nselect /);
    expect(asked[0]?.split(' < ')[0]).not.toContain('secret');
  });

  it.each([
    socketMissing,
    result(2, '', 'FATAL:  Peer authentication failed for user "dba"'),
    result(2, '', 'FATAL:  no pg_hba.conf entry for host "[local]"'),
  ])('goes over TCP when the socket does not let it in: $stderr', async (refusal) => {
    const reach = fakeReach({ '/var/run/postgresql': refusal, '10.0.3.141': result(0, '[{"a":2}]') });
    expect(await askPostgres(reach, pg1, 'select 2 as a', row)).toMatchObject({
      value: { kind: 'answer', value: [{ a: 2 }] },
    });
  });

  it('has an error over TCP, too', async () => {
    const reach = fakeReach({ '/var/run/postgresql': socketMissing, '10.0.3.141': result(1, '', 'ERROR:  no table') });
    expect(await askPostgres(reach, pg1, 'select', row)).toMatchObject({ value: { kind: 'error' } });
  });

  it('is answered by nobody', async () => {
    const reach = fakeReach({ '/var/run/postgresql': socketMissing });
    expect(await askPostgres(reach, pg1, 'select', row)).toMatchObject({ value: { kind: 'silence', how: 'down' } });
  });

  it('shares a psql with those that are asked at the same time', async () => {
    const asked: string[] = [];
    const reach = fakeReach({ '/var/run/postgresql': result(0, '[{"a":1}]') }, asked);
    const ask = (sql: string, options = {}) => askPostgres(reach, pg1, sql, row, options);
    const answers = await Promise.all([ask('select 1 as a'), ask('select 2 as a'), ask('select 1 as a')]);
    expect(answers).toEqual(Array(3).fill({ kind: 'seen', value: { kind: 'answer', value: [{ a: 1 }] } }));
    expect(asked).toHaveLength(1);
    await Promise.all([ask('select 3 as a'), ask('select slowly', { alone: true })]);
    expect(asked).toHaveLength(3);
  });

  it('that hangs leaves the others their answers', async () => {
    const late = { ...result(124, ''), timedOut: true, seconds: 10 };
    const reach = fakeReach({});
    const exec: Reach['exec'] = (node, argv, options) =>
      options?.input?.includes('locked') === true
        ? Promise.resolve({ ...late, argv })
        : questionByQuestion(() => Promise.resolve(result(0, '[{"a":1}]')))(node, argv, options);
    const ask = (sql: string) => askPostgres({ ...reach, exec }, pg1, sql, row);
    const together = { ...reach, exec };
    const answers = await Promise.all(
      ['select 1 as a', 'select a from locked', 'select 2 as a'].map((sql) => askPostgres(together, pg1, sql, row)),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['seen', 'unseen', 'seen']);
    expect(await ask('select a from locked')).toMatchObject({
      why: { en: 'setpriv on pg-patroni1 did not come back within 10 s' },
    });
  });

  it('is not put to a node that is frozen', async () => {
    const asked: string[] = [];
    expect(await askPostgres(fakeReach({}, asked, 'frozen'), pg1, 'select', row)).toEqual({
      kind: 'seen',
      value: { kind: 'node-not-running', state: 'frozen' },
    });
    expect(asked).toEqual([]);
  });
});

describe('what Patroni keeps in etcd', () => {
  const prefix = '/service/my-ha-cluster/';

  it('is read by key', () => {
    const pairs = [
      { key: `${prefix}leader`, value: 'pg-1' },
      { key: `${prefix}initialize`, value: '7711350393119195377' },
      {
        key: `${prefix}members/pg-1`,
        value:
          '{"conn_url":"postgres://10.0.3.141:5434/postgres","api_url":"http://10.0.3.141:8008/patroni","state":"running","role":"primary"}',
      },
      { key: `${prefix}members/pg-2`, value: 'broken' },
      { key: `${prefix}status`, value: '{"optime":24473120}' },
    ];
    expect(readDcsContent(pairs, prefix)).toEqual({
      leader: 'pg-1',
      initialize: '7711350393119195377',
      members: [
        {
          name: 'pg-1',
          apiUrl: 'http://10.0.3.141:8008/patroni',
          connUrl: 'postgres://10.0.3.141:5434/postgres',
          state: 'running',
          mayLead: true,
          maySync: true,
        },
        { name: 'pg-2', apiUrl: null, connUrl: null, state: null, mayLead: true, maySync: true },
      ],
    });
  });

  it.each([
    ['{"nofailover":true}', false],
    ['{"nofailover":"yes"}', false],
    ['{"nofailover":false}', true],
    ['{"failover_priority":0}', false],
    ['{"failover_priority":2}', true],
    ['{"nofailover":false,"failover_priority":0}', true],
    ['{"clonefrom":true}', true],
  ])('says whether a member with the tags %s may lead', (tags, mayLead) => {
    const pair = { key: `${prefix}members/pg-1`, value: `{"state":"running","tags":${tags}}` };
    expect(readDcsContent([pair], prefix).members[0]).toMatchObject({ name: 'pg-1', mayLead });
  });

  it('is nothing before the first start', () => {
    expect(readDcsContent([], prefix)).toEqual({ leader: null, initialize: null, members: [] });
  });
});

describe("Debian's clusters", () => {
  it('are listed a line each', () => {
    expect(parseDebianClusters('17 main 5432 online,recovery debian\n17 other 5433 down patroni\n')).toEqual([
      { version: '17', name: 'main', port: 5432, status: 'online,recovery', dataOfPatroni: false },
      { version: '17', name: 'other', port: 5433, status: 'down', dataOfPatroni: true },
    ]);
    expect(parseDebianClusters('')).toEqual([]);
  });
});
