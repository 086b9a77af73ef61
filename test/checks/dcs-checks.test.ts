import { describe, expect, it } from 'vitest';
import { leaderWasDemoted } from '../../src/checks/leader-was-demoted.ts';
import { type JournalLine } from '../../src/probes/journal-lines.ts';
import { parseGateway } from '../../src/probes/etcd-gateways.ts';
import { type CheckSetting } from '../../src/checks/kind.ts';
import { nodeName } from '../../src/model/ids.ts';

describe('a gateway of etcd', () => {
  it('is read from its command line, with a value behind a space or an equals sign', () => {
    const line = '/usr/bin/etcd gateway start --listen-addr 127.0.0.1:2379 --endpoints=10.0.3.64:2379,10.0.3.78:2379';
    expect(parseGateway(line)).toEqual({
      listen: '127.0.0.1:2379',
      endpoints: ['10.0.3.64:2379', '10.0.3.78:2379'],
    });
  });

  it('listens on its own port where none is given', () => {
    expect(parseGateway('etcd gateway start').listen).toBe('127.0.0.1:23790');
  });
});

// As both editions write them.
const demoted = '2026-11-23 19:24:21,153 INFO: Demoting self (offline)';
const goesOn =
  '2026-11-23 19:25:17,531 INFO: continue to run as a leader because failsafe mode is enabled and all members are accessible';
const promoted = '2026-11-23 19:24:34,900 INFO: promoted self to leader because I had the session lock';
const refused = "2026-11-23 19:24:34.600 UTC [398] STATEMENT:  insert into workshop_rows (note) values ('refused')";

function verdict(messages: readonly string[], failsafe: boolean): string {
  const lines = messages.map((message, index): JournalLine => ({
    atUs: index * 1e6,
    message,
    unit: 'patroni.service',
    invocation: null,
    messageId: null,
    jobType: null,
    jobResult: null,
    identifier: 'patroni',
    boot: null,
  }));
  const node = {
    name: nodeName('pg-patroni1'),
    address: '10.0.3.141',
    image: 'patroni',
    member: 'pg-1',
    groups: [],
    aliases: [],
  };
  const setting = {} as CheckSetting;
  return leaderWasDemoted.judge([{ node, lines }], setting, { refused: 'refused', failsafe }).verdict;
}

describe('a leader that lost etcd', () => {
  it('has refused the write between its demotion and its promotion', () => {
    expect(verdict([demoted, refused, promoted], false)).toBe('pass');
  });

  it('is not a replica that refused it', () => {
    expect(verdict([refused], false)).toBe('fail');
  });

  it('is not one that was promoted again before', () => {
    expect(verdict([demoted, promoted, refused], false)).toBe('fail');
  });

  it('went on in failsafe mode before, where the chapter wants that', () => {
    expect(verdict([goesOn, demoted, refused], true)).toBe('pass');
    expect(verdict([demoted, refused, promoted], true)).toBe('fail');
    expect(verdict([goesOn, demoted, promoted, demoted, refused], true)).toBe('fail');
  });
});
