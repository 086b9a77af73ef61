import { expect, test } from 'vitest';
import { ledgerTells } from '../../src/checks/ledger-tells.ts';
import { type Judgement } from '../../src/model/verdict.ts';
import { type LedgerRunSeen } from '../../src/probes/ledger-runs.ts';
import { pg1, settingOf } from './patroni-setting.ts';

function judge(lost: 'some' | 'none', runs: readonly LedgerRunSeen[]): Judgement {
  const answer = { kind: 'answer', value: runs } as const;
  const args = { scenario: 'partition-leader', synchronous: lost === 'some' ? 'off' : 'on', lost } as const;
  return ledgerTells.judge({ leader: pg1, answer, troubles: [] }, settingOf(null), args);
}

const whole = { run: 'first', acknowledged: 100, lost: 0 };
const losing = { run: 'second', acknowledged: 50, lost: 7 };

test('a loss in any repetition counts, whichever comes first', () => {
  for (const runs of [
    [whole, losing],
    [losing, whole],
  ]) {
    const seen = { en: '150 acknowledged, 7 of them lost' };
    expect(judge('some', runs)).toMatchObject({ verdict: 'pass', seen });
    const failed = judge('none', runs);
    expect(failed).toMatchObject({ verdict: 'fail', seen });
    expect(failed.verdict === 'fail' && failed.cause?.en).toMatch(/^run second lost rows that had been acknowledged/);
  }
});

test('nothing lost is what synchronous replication promises, and what the drill must not show', () => {
  expect(judge('none', [whole])).toMatchObject({ verdict: 'pass' });
  expect(judge('some', [whole])).toMatchObject({ verdict: 'fail', seen: { en: '100 acknowledged, 0 of them lost' } });
});

test('no run, or one in which nothing was acknowledged, proves nothing', () => {
  expect(judge('none', [])).toMatchObject({ verdict: 'fail', seen: { en: 'no such measurement' } });
  expect(judge('none', [{ run: 'idle', acknowledged: 0, lost: 0 }])).toMatchObject({ verdict: 'fail' });
});
