import { describe, expect, test } from 'vitest';
import { etcdQuorumWasLost } from '../../src/checks/etcd-quorum-was-lost.ts';
import { greatestCommonStop, stopIntervals } from '../../src/checks/stop-intervals.ts';
import { type JournalLine } from '../../src/probes/journal-lines.ts';
import { messageIds } from '../../src/probes/service-state.ts';
import { etcdSetting } from './etcd-lab.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

describe.each(etcdVersions)('etcd %s', (etcd) => {
  const judge = (name: string) => lookAndJudge(etcdQuorumWasLost, { etcd, name }, null, { stopped: 2 });

  test('two members stopped together and started again pass', async () => {
    const judgement = await judge('whole');
    expect(judgement.verdict).toBe('pass');
    expect(judgement.seen.en).toMatch(/^etcd2 and etcd3 stopped from [\d:]+ to [\d:]+ \(UTC\)$/);
  });

  test('the evidence outlives a stop of the whole lab', async () => {
    expect((await judge('whole-after-down-and-up')).verdict).toBe('pass');
  });

  test('a stop of the whole lab alone is no evidence', async () => {
    expect(causeOf(await judge('down-and-up-only'))).toBe('no member has been stopped since the cluster was formed');
  });

  test('stops before the cluster was formed are no evidence', async () => {
    expect(causeOf(await judge('formed-after-package-boot'))).toBe(
      'no member has been stopped since the cluster was formed',
    );
  });

  test('one member stopped at a time is not enough', async () => {
    expect(causeOf(await judge('one-member-stopped'))).toContain('never more than 1 stopped at a time');
  });

  test('as long as they are stopped it is not over', async () => {
    const judgement = await judge('two-members-stopped');
    expect(causeOf(judgement)).toBe(
      'etcd on etcd2 does not run again yet: `systemctl start etcd`\netcd on etcd3 does not run again yet: `systemctl start etcd`',
    );
  });

  test('a node that is frozen is named', async () => {
    expect(causeOf(await judge('one-node-frozen'))).toBe('etcd3 is not running');
  });
});

describe('members that have lost nothing', () => {
  const setting = etcdSetting('3.5.16', null);
  /** All run; the cluster was born with the first of them. */
  const judged = (...lines: readonly (readonly JournalLine[])[]) => {
    const histories = setting.nodes.map((node, index) => ({
      node,
      history: { lines: lines[index] ?? [], bornUs: 10 + index, runs: true },
    }));
    return etcdQuorumWasLost.judge(histories, setting, { stopped: 2 });
  };

  test('two that failed to start while the third one waited for them are no lesson', () => {
    const tried = [down(20, 'failed'), down(30, 'failed'), up(40)];
    expect(causeOf(judged([up(39)], tried, tried))).toBe('no member has been stopped since the cluster was formed');
  });

  test('nor is a member that was there later than a stop of two others', () => {
    expect(judged([up(39)], [up(39), down(45), up(60)], [down(44, 'failed'), up(61)]).verdict).toBe('fail');
  });

  test('the same two stopped afterwards are', () => {
    const tried = [down(20, 'failed'), up(40), down(50), up(60)];
    expect(judged([up(39)], tried, tried).verdict).toBe('pass');
  });
});

describe('stops of a service', () => {
  test('last from its end to its next start', () => {
    expect(stopIntervals([up(1), down(5), up(9)])).toEqual([{ fromUs: 5, toUs: 9 }]);
  });

  test('count once, however many lines tell of them', () => {
    expect(stopIntervals([down(5, 'endedWell'), down(6, 'stopped'), up(9)])).toEqual([{ fromUs: 5, toUs: 9 }]);
  });

  test('end nowhere while it is stopped', () => {
    expect(stopIntervals([up(1), down(5, 'failed')])).toEqual([{ fromUs: 5, toUs: null }]);
  });

  test('that belong to the stop of the node are left out', () => {
    expect(stopIntervals([up(1, 'a'), down(5, 'stopped', 'a'), up(9, 'b')])).toEqual([]);
    expect(stopIntervals([down(5, 'stopped', 'a'), line(8, 'startupFinished', 'b')])).toEqual([]);
  });

  test('are not ended by a start that a condition prevented', () => {
    const skipped = { ...up(7), invocation: null };
    expect(stopIntervals([down(5), skipped, up(9)])).toEqual([{ fromUs: 5, toUs: 9 }]);
  });
});

describe('stops of several members', () => {
  test('are common where they overlap', () => {
    const stops = new Map([
      ['etcd1', [{ fromUs: 40, toUs: 41 }]],
      ['etcd2', [{ fromUs: 10, toUs: 20 }]],
      ['etcd3', [{ fromUs: 5, toUs: 15 }]],
    ]);
    expect(greatestCommonStop(stops)).toEqual({ names: ['etcd2', 'etcd3'], fromUs: 10, toUs: 15 });
  });

  test('one after the other are not common', () => {
    const stops = new Map([
      ['etcd2', [{ fromUs: 10, toUs: 20 }]],
      ['etcd3', [{ fromUs: 20, toUs: 30 }]],
    ]);
    expect(greatestCommonStop(stops)?.names).toEqual(['etcd3']);
  });

  test('there may be none', () => {
    expect(greatestCommonStop(new Map([['etcd1', []]]))).toBeNull();
  });
});

function up(atUs: number, boot = 'a'): JournalLine {
  return line(atUs, 'started', boot);
}

function down(atUs: number, how: 'stopped' | 'endedWell' | 'failed' = 'stopped', boot = 'a'): JournalLine {
  return line(atUs, how, boot);
}

function line(atUs: number, id: keyof typeof messageIds, boot: string): JournalLine {
  return {
    atUs,
    message: id,
    unit: 'etcd.service',
    invocation: 'f00d',
    messageId: messageIds[id],
    jobType: null,
    jobResult: null,
    identifier: 'systemd',
    boot,
  };
}
