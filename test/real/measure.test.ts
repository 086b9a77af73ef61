// `lab measure` held against what the database has: it reports what is lost exactly, and an interruption is repaired.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { type Measurement, type RowNumber } from '../../src/model/measurement.ts';
import { waitUntil } from '../../src/model/wait-until.ts';
import { faultLab } from './fault-lab.ts';
import { realLab, removeLab } from './real-lab.ts';

const patronictl = 'patronictl -c /etc/patroni/config.yml';

describe('lab measure', () => {
  const lab = realLab('measure', 'trixie');
  const { status, journalEndsWith, fromSeat } = faultLab(lab);

  const edit = (...values: readonly string[]): Promise<string> =>
    lab.inNode('pg-patroni1', `${patronictl} edit-config --force ${values.map((value) => `-s ${value}`).join(' ')}`);
  const leaderNode = async (): Promise<string> => {
    const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    return patroni?.members.find(({ role }) => role === 'leader')?.node ?? '';
  };
  const ask = async (sql: string): Promise<string> =>
    (await lab.inNode(await leaderNode(), `runuser -u postgres -- psql -U dba -p 5434 -XAtc "${sql}" postgres`)).trim();
  const measure = async (scenario: string, ...options: readonly string[]): Promise<Measurement> =>
    JSON.parse((await lab.mustLab(['measure', scenario, '--format', 'json', ...options])).stdout) as Measurement;
  /** Of what was acknowledged, the rows that are not in the database. */
  const missing = async (run: string): Promise<readonly RowNumber[]> => {
    const sql = `select client, n from ledger_acknowledged where run = '${run}' except
      select client, n from ledger_rows where run = '${run}' order by 1, 2`;
    return (await ask(sql))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('|').map(Number))
      .map(([client = 0, n = 0]) => ({ client, n }));
  };
  const acknowledged = async (run: string): Promise<number> =>
    Number(await ask(`select count(*) from ledger_acknowledged where run = '${run}'`));
  const inOrder = (rows: readonly RowNumber[]): readonly RowNumber[] =>
    rows.toSorted((one, other) => one.client - other.client || one.n - other.n);

  beforeAll(async () => {
    await lab.mustLab(['up', 'haproxy']);
    // Nobody has to wait for the usual clocks, nor an old leader for replicas that it can't reach.
    await edit('ttl=20', 'loop_wait=2', 'retry_timeout=3', 'postgresql.parameters.wal_sender_timeout=3s');
  });
  afterAll(() => removeLab(lab));

  test('asynchronous: what the old leader took alone is lost, and every such row of every repetition is named', async () => {
    const { synchronous, way, bound, repetitions } = await measure('partition-leader', '--repetitions', '2');
    expect([synchronous, way]).toEqual(['off', 'haproxy']);
    expect(repetitions).toHaveLength(2);
    for (const one of repetitions) {
      expect(one.rows.lost.length).toBeGreaterThan(0);
      expect(inOrder(one.rows.lost)).toEqual(await missing(one.run));
      expect(one.rows.acknowledged).toBe(await acknowledged(one.run));
      expect(one.rows.kept + one.rows.lost.length).toBe(one.rows.acknowledged);
      expect(one.rows.acknowledged + one.rows.recovered + one.rows.refused).toBe(one.rows.attempted);
      expect(one.rows.unexpected).toEqual([]);
      expect(one.withoutWrites?.seconds).toBeLessThan(bound.seconds);
      expect(one.leaderAfter).not.toBe(one.leaderBefore);
      expect(one.layers.map(({ layer }) => layer)).toEqual(
        expect.arrayContaining(['fault', 'leader-key-gone', 'new-leader-key', 'promotion', 'haproxy-up']),
      );
    }
  });

  test('synchronous: nothing that was acknowledged is lost', async () => {
    await edit('synchronous_mode=true');
    const waits = await waitUntil(
      async () => (await ask("select count(*) from pg_stat_replication where sync_state = 'sync'")) === '1',
      { withinSeconds: 30 },
    );
    expect(waits, 'the leader waits for a standby').toBe(true);
    const { synchronous, repetitions } = await measure('partition-leader');
    expect(synchronous).toBe('on');
    const [one] = repetitions;
    if (one === undefined) throw new Error('no repetition');
    expect(one.rows.acknowledged).toBeGreaterThan(100);
    expect(one.rows.lost).toEqual([]);
    expect(await missing(one.run)).toEqual([]);
    expect(await acknowledged(one.run)).toBe(one.rows.acknowledged);
    await edit('synchronous_mode=null');
  });

  test('Ctrl-C while the fault is there: 130, no client goes on, and lab heal repairs', async () => {
    // Those of this lab's network: another suite measures at the same time.
    const clients = async (): Promise<string> =>
      (await fromSeat(['sh', '-c', "exec pgrep --ns $$ --nslist net --full 'ledger-client[.]js'"])).stdout;
    const interrupt = new AbortController();
    const running = lab.lab(['measure', 'freeze'], { signal: interrupt.signal });
    const frozen = await waitUntil(() => Promise.resolve(journalEndsWith('fault-started')), { withinSeconds: 60 });
    const writing = await clients();
    interrupt.abort();
    expect((await running).exitStatus).toBe(130);
    expect(frozen, 'the leader was frozen').toBe(true);
    expect(writing, 'clients wrote').not.toBe('');
    expect(await clients()).toBe('');
    const watching = (): Promise<string> => lab.inNode('etcd1', 'pgrep -x etcdctl || true');
    const ended = await waitUntil(async () => (await watching()) === '', { withinSeconds: 30 });
    expect(ended, `watches in etcd1: ${await watching()}`).toBe(true);
    await lab.mustLab(['heal']);
    expect((await status()).faults).toEqual([]);
    expect((await status()).patroni.leader).not.toBe(null);
    expect((await measure('switchover')).repetitions[0]?.rows.lost).toEqual([]);
  });
});
