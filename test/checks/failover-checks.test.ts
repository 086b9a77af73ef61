import { describe, expect, it } from 'vitest';
import { acknowledgedWritesKept } from '../../src/checks/acknowledged-writes-kept.ts';
import { patroniTimingHolds } from '../../src/checks/patroni-timing-holds.ts';
import { patroniTimingWas } from '../../src/checks/patroni-timing-was.ts';
import { rowsNoted } from '../../src/checks/rows-noted.ts';
import { pg1 } from './patroni-setting.ts';
import { altered, judgeLab, type Recording, recording } from './recorded-lab.ts';
import { causeOf, patroniVersions } from './recorded-patroni.ts';

const table = 'workshop_rows';
const ledger = { table: 'switchover_rows', ledger: '/root/acknowledged' };

describe.each(patroniVersions)('Patroni %s', (version) => {
  const failover = recording(version, 'failover-whole');
  const failback = recording(version, 'failback-whole');
  const rows = (recorded: Recording) =>
    judgeLab(rowsNoted, version, recorded, null, {
      table,
      present: ['written on the new leader'],
      absent: ['written on the old leader'],
    });
  const kept = (recorded: Recording) => judgeLab(acknowledgedWritesKept, version, recorded, pg1, ledger);
  const withLedger = (change: (text: string) => string) =>
    altered(failback, (one) => (one.argv.includes(ledger.ledger) ? { ...one, stdout: change(one.stdout) } : one));

  it('the short clocks were set, others never', async () => {
    const short = { ttl: 20, loop_wait: 2, retry_timeout: 3 };
    expect(await judgeLab(patroniTimingWas, version, failover, null, short)).toMatchObject({ verdict: 'pass' });
    const other = await judgeLab(patroniTimingWas, version, failover, null, { ...short, ttl: 21 });
    expect(causeOf(other)).toBe('/service/my-ha-cluster/config never had these values since the chapter began');
  });

  it('the usual clocks hold, the short ones no longer', async () => {
    const usual = { ttl: 30, loop_wait: 10, retry_timeout: 10 };
    expect(await judgeLab(patroniTimingHolds, version, failover, null, usual)).toMatchObject({ verdict: 'pass' });
    const short = await judgeLab(patroniTimingHolds, version, failover, null, { ...usual, ttl: 20 });
    expect(short).toMatchObject({ verdict: 'fail', seen: { en: 'ttl 30, loop_wait 10, retry_timeout 10' } });
  });

  it('the row of the new leader is there, that of the old one is not', async () => {
    expect(await rows(failback)).toMatchObject({ verdict: 'pass' });
  });

  it('a diverged row that is left is named, with who has it', async () => {
    const diverged = altered(failback, (one) =>
      one.where === 'pg-patroni2' && one.argv.at(-1)?.includes('written on the old leader') === true
        ? { ...one, stdout: '[{"note":"written on the old leader"}]\n' }
        : one,
    );
    expect(await rows(diverged)).toMatchObject({
      verdict: 'fail',
      seen: { en: 'pg-2 has no row "written on the new leader"; pg-2 still has "written on the old leader"' },
    });
  });

  it('no acknowledged write was lost', async () => {
    expect(await kept(failback)).toMatchObject({
      verdict: 'pass',
      seen: { en: expect.stringMatching(/^\d+ acknowledged, 0 lost$/) as string },
    });
  });

  it('a number that was acknowledged and is not there is named', async () => {
    const judgement = await kept(withLedger((text) => `${text}998\n999\n`));
    expect(causeOf(judgement)).toMatch(/^acknowledged and not there: 998, 999\./);
  });

  it('an empty ledger proves nothing', async () => {
    const judgement = await kept(withLedger((text) => text.slice(0, text.indexOf('\n') + 1)));
    expect(causeOf(judgement)).toMatch(/^\/root\/acknowledged is missing or empty/);
  });

  it('a writer that stopped before the switchover proves nothing', async () => {
    const early = altered(failback, (one) =>
      one.argv.at(-1)?.includes('from switchover_rows') === true
        ? { ...one, stdout: one.stdout.replace(/"at":\d+/g, '"at":1000') }
        : one,
    );
    expect(causeOf(await kept(early))).toMatch(/^no switchover happened while the writer was writing/);
  });
});
