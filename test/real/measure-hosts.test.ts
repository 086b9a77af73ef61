// `lab measure` before chapter 7: clients that go to the hosts themselves, and the faults that measure.test.ts has not.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromKeptEnd } from './kept-end.ts';
import { ledgerLab } from './ledger-lab.ts';
import { realLab, removeLab } from './real-lab.ts';

const lab = realLab('measure-hosts', 'trixie');
const { edit, measure } = ledgerLab(lab);

beforeAll(async () => {
  await fromKeptEnd(lab, 'replica');
  await edit('ttl=20', 'loop_wait=2', 'retry_timeout=3');
});
afterAll(() => removeLab(lab));

async function measured(scenario: string) {
  const { way, bound, repetitions } = await measure(scenario);
  expect(way).toBe('hosts');
  expect(bound.parts.map(({ what }) => what)).not.toContain('HAProxy');
  const [one] = repetitions;
  if (one === undefined) throw new Error('no repetition');
  const { rows } = one;
  expect(rows.acknowledged).toBeGreaterThan(100);
  expect(rows.kept + rows.lost.length).toBe(rows.acknowledged);
  expect(rows.acknowledged + rows.recovered + rows.refused).toBe(rows.attempted);
  expect(rows.unexpected).toEqual([]);
  return { ...one, bound };
}

test.each([
  // What a clean stop has acknowledged is with the replicas before another one leads.
  ['stop-patroni', 'another one leads'],
  // PostgreSQL comes back where it was, with all that it had written.
  ['kill-postgres', 'the same one leads'],
  ['dcs-loss', 'one or the other leads'],
])('%s: no acknowledged row is lost, and %s', async (scenario, leads) => {
  const { rows, withoutWrites, bound, leaderBefore, leaderAfter } = await measured(scenario);
  expect(rows.lost).toEqual([]);
  expect(withoutWrites?.seconds).toBeGreaterThan(0);
  expect(withoutWrites?.seconds).toBeLessThan(bound.seconds);
  if (leads === 'another one leads') expect(leaderAfter).not.toBe(leaderBefore);
  if (leads === 'the same one leads') expect(leaderAfter).toBe(leaderBefore);
});

test('kill-patroni: clients that are with the old leader stay there, notice nothing, and lose what they write', async () => {
  const { rows, withoutWrites, leaderBefore, leaderAfter } = await measured('kill-patroni');
  expect(leaderAfter).not.toBe(leaderBefore);
  expect(withoutWrites).toBeNull();
  expect(rows.lost.length).toBeGreaterThan(0);
});
