import { describe, expect, it } from 'vitest';
import { shiftToMidnight, tidy, untidy } from './tidy-answer.ts';

const near = Date.parse('2026-12-01T02:57:00Z') / 1000;
const values = { superuser_password: 'hush', rewind_password: 'hush', patroni_scope: 'my-ha-cluster' };
const tidying = { values, shift: shiftToMidnight(near), near };

describe('an answer that is kept', () => {
  it.each([
    ['2026-12-01 02:57:01,213 INFO: no action', '2026-12-02 00:00:01,213 INFO: no action'],
    ['"ts":"2026-12-01T02:57:02.057159Z"', '"ts":"2026-12-02T00:00:02.057159Z"'],
    ['postgres postgres 600 1796093830.500000', 'postgres postgres 600 1796169610.500000'],
    ['"1796093830500000"', '"1796169610500000"'],
    ['20261201-025703F_20261201-025704I', '20261202-000003F_20261202-000004I'],
  ])('begins at midnight: %s', (live, kept) => {
    expect(tidy(live, tidying)).toBe(kept);
  });

  it('leaves other numbers alone: ids, and times of another year', () => {
    const other = 'system identifier 7714162035734208604, revision 516, since 1700000000';
    expect(tidy(other, tidying)).toBe(other);
  });

  it('has names instead of passwords, also within base64, and gives them back', () => {
    const live = `password: hush\n{"key":"${base64('/service/x')}","value":"${base64('{"p":"hush"}')}"}`;
    const kept = tidy(live, tidying);
    expect(kept).toBe(
      'password: «superuser_password»\n{"key":base64("/service/x"),"value":base64("{\\"p\\":\\"«superuser_password»\\"}")}',
    );
    expect(untidy(kept, values)).toBe(live);
  });

  it('tells a line of the journal without what no probe reads', () => {
    const id = '6649fb9d01124662b3d4c02ac8173ad0';
    const live = {
      __SEQNUM: '956',
      _BOOT_ID: id,
      _SYSTEMD_UNIT: 'etcd.service',
      MESSAGE_ID: id,
      MESSAGE: 'said "so"',
      __REALTIME_TIMESTAMP: '1796093830500000',
    };
    const kept = tidy(`${JSON.stringify(live)}\n`, tidying);
    expect(kept).toBe(`1796169610500000 u=etcd.service b=6649fb m=${id} | said "so"\n`);
    expect(JSON.parse(untidy(kept, values))).toEqual({
      _BOOT_ID: '6649fb',
      _SYSTEMD_UNIT: 'etcd.service',
      MESSAGE_ID: id,
      MESSAGE: 'said "so"',
      __REALTIME_TIMESTAMP: '1796169610500000',
    });
  });

  it('stays as it is when it is tidied once more', () => {
    const kept = tidy('2026-12-01 02:57:01 hush', tidying);
    expect(tidy(kept, { values, shift: 0, near: 0 })).toBe(kept);
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
