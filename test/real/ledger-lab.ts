// How the suites of `lab measure` look at its lab: a measurement, and what the database itself says about its rows.

import { expect } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { type Measurement, type RowNumber } from '../../src/model/measurement.ts';
import { type RealLab } from './lab-runner.ts';

type Repetition = Measurement['repetitions'][number];

export function ledgerLab(lab: RealLab) {
  const edit = (...values: readonly string[]): Promise<string> =>
    lab.inNode(
      'pg-patroni1',
      `patronictl -c /etc/patroni/config.yml edit-config --force ${values.map((value) => `-s ${value}`).join(' ')}`,
    );
  const leaderNode = async (): Promise<string> => {
    const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    return patroni?.members.find(({ role }) => role === 'leader')?.node ?? '';
  };
  const ask = async (sql: string): Promise<string> =>
    (await lab.inNode(await leaderNode(), `runuser -u postgres -- psql -U dba -p 5434 -XAtc "${sql}" postgres`)).trim();
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
  return {
    edit,
    ask,
    missing,
    acknowledged,
    /** Nobody has to wait for the usual clocks, nor an old leader for replicas that it can't reach. */
    shortClocks: () => edit('ttl=20', 'loop_wait=2', 'retry_timeout=3', 'postgresql.parameters.wal_sender_timeout=3s'),
    measure: async (scenario: string, ...options: readonly string[]): Promise<Measurement> =>
      JSON.parse((await lab.mustLab(['measure', scenario, '--format', 'json', ...options])).stdout) as Measurement,
    /** Of a leader cut off alone: another one leads in time, and what is said to be lost is what the database lacks. */
    expectLossNamed: async ({ run, rows, ...one }: Repetition, boundSeconds: number): Promise<void> => {
      expect(rows.lost.length).toBeGreaterThan(0);
      expect(inOrder(rows.lost)).toEqual(await missing(run));
      expect(rows.acknowledged).toBe(await acknowledged(run));
      expect(rows.kept + rows.lost.length).toBe(rows.acknowledged);
      expect(rows.acknowledged + rows.recovered + rows.refused).toBe(rows.attempted);
      expect(rows.unexpected).toEqual([]);
      expect(one.withoutWrites?.seconds).toBeLessThan(boundSeconds);
      expect(one.leaderAfter).not.toBe(one.leaderBefore);
      expect(one.layers.map(({ layer }) => layer)).toEqual(
        expect.arrayContaining(['fault', 'leader-key-gone', 'new-leader-key', 'promotion', 'haproxy-up']),
      );
    },
  };
}

function inOrder(rows: readonly RowNumber[]): readonly RowNumber[] {
  return rows.toSorted((one, other) => one.client - other.client || one.n - other.n);
}
