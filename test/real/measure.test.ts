// `lab measure` where nothing may be lost, and where it is interrupted. test/real/main-road/one-measure.ts has the loss.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { faultLab } from './fault-lab.ts';
import { fromKeptEnd } from './kept-end.ts';
import { ledgerLab } from './ledger-lab.ts';
import { realLab, removeLab } from './real-lab.ts';

describe('lab measure', () => {
  const lab = realLab('measure', 'trixie');
  const { status, journalEndsWith, fromSeat } = faultLab(lab);
  const { edit, ask, missing, acknowledged, shortClocks, measure } = ledgerLab(lab);

  beforeAll(async () => {
    await fromKeptEnd(lab, 'haproxy');
    await shortClocks();
  });
  afterAll(() => removeLab(lab));

  test('synchronous: nothing that was acknowledged is lost, in no repetition', async () => {
    await edit('synchronous_mode=true');
    const waits = await waitUntil(
      async () => (await ask("select count(*) from pg_stat_replication where sync_state = 'sync'")) === '1',
      { withinSeconds: 30 },
    );
    expect(waits, 'the leader waits for a standby').toBe(true);
    const { synchronous, repetitions } = await measure('partition-leader', '--repetitions', '2');
    expect(synchronous).toBe('on');
    expect(repetitions).toHaveLength(2);
    for (const { rows, run } of repetitions) {
      expect(rows.acknowledged).toBeGreaterThan(100);
      expect(rows.lost).toEqual([]);
      expect(await missing(run)).toEqual([]);
      expect(await acknowledged(run)).toBe(rows.acknowledged);
    }
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
