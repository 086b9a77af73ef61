import { describe, expect, it } from 'vitest';
import { leaderChanged } from '../../src/checks/leader-changed.ts';
import { classifyLoss, type LossEvidence } from '../../src/checks/leader-changes/classify-loss.ts';
import { rewindRan } from '../../src/checks/rewind-ran.ts';
import { type JournalLine } from '../../src/probes/journal-lines.ts';
import { messageIds } from '../../src/probes/service-state.ts';
import { judgeLab, recording } from './recorded-lab.ts';
import { causeOf, patroniVersions } from './recorded-patroni.ts';

function line(atSeconds: number, more: Partial<JournalLine> = {}): JournalLine {
  const none = { unit: null, invocation: null, messageId: null, jobType: null, jobResult: null, identifier: null };
  return { ...none, message: '', boot: 'first', atUs: atSeconds * 1e6, ...more };
}

const started = line(10, { messageId: messageIds.started });
const ran: LossEvidence = { lastChange: started, lastDemotion: null, newest: line(200), afterInSameBoot: line(200) };

describe('a leader that was lost', () => {
  it.each<[string, Partial<LossEvidence>, ReturnType<typeof classifyLoss>]>([
    ['was stopped', { lastChange: line(99, { messageId: messageIds.stopping }) }, 'stop'],
    ['crashed', { lastChange: line(99, { messageId: messageIds.failed }) }, 'crash'],
    [
      'died with its node, which wrote nothing more',
      { newest: line(200, { boot: 'second' }), afterInSameBoot: null },
      'kill',
    ],
    ['was overtaken', {}, 'freeze'],
    ['was overtaken, and its node died later', { newest: line(300, { boot: 'second' }) }, 'freeze'],
    ['is still frozen in the middle of its first boot', { afterInSameBoot: null }, 'freeze'],
    ['handed over', { lastDemotion: line(98, { message: 'INFO: Demoting self (graceful)' }) }, 'switchover'],
    ['gave up', { lastDemotion: line(90, { message: 'INFO: Demoting self (offline)' }) }, 'step-down'],
    [
      'gave up long before, and led again',
      { lastDemotion: line(20, { message: 'Demoting self (offline)' }) },
      'freeze',
    ],
    ['has no journal of that time', { lastChange: null }, null],
  ])('%s', (_, evidence, how) => {
    expect(classifyLoss({ ...ran, ...evidence }, 100)).toBe(how);
  });
});

describe.each(patroniVersions)('Patroni %s', (version) => {
  const failover = recording(version, 'failover-whole');
  const failback = recording(version, 'failback-whole');

  it.each(['stop', 'kill', 'freeze'] as const)('chapter 3: the leader was lost by a %s', async (how) => {
    expect(await judgeLab(leaderChanged, version, failover, null, { how })).toMatchObject({ verdict: 'pass' });
  });

  it('chapter 3: nobody crashed', async () => {
    const judgement = await judgeLab(leaderChanged, version, failover, null, { how: 'crash' });
    expect(causeOf(judgement)).toBe('none of these changes came after a crash of its Patroni');
  });

  it('chapter 4: the lead was given to pg-1, and not to pg-3', async () => {
    const given = (to: string) => judgeLab(leaderChanged, version, failback, null, { how: 'switchover', to });
    expect(await given('pg-1')).toMatchObject({ verdict: 'pass' });
    expect(causeOf(await given('pg-3'))).toBe('a switchover there was, but pg-3 did not take over');
  });

  it('chapter 4: what was overtaken was rewound', async () => {
    const judgement = await judgeLab(rewindRan, version, failback, null, { after: 'freeze' });
    expect(judgement).toMatchObject({
      verdict: 'pass',
      seen: { en: expect.stringMatching(/^pg-\d was rewound from pg-\d at \d\d:\d\d:\d\d \(UTC\)$/) as string },
    });
  });

  it('a chapter whose beginning nobody noted can not be judged', async () => {
    const judgement = await judgeLab(leaderChanged, version, { ...failover, start: null }, null, { how: 'stop' });
    expect(judgement.verdict).toBe('unknown');
    expect(judgement.seen.en).toContain('lab start');
  });

  it('what happened before the chapter began does not count', async () => {
    const { start } = failover;
    const later = { ...failover, start: start && { ...start, timeline: 1000 } };
    const judgement = await judgeLab(leaderChanged, version, later, null, { how: 'stop' });
    expect(causeOf(judgement)).toMatch(/led on timeline 1000 when the chapter began, and nobody has taken over since$/);
  });

  it('a node that does not run is named', async () => {
    const judgement = await judgeLab(
      leaderChanged,
      version,
      { ...failover, states: { ...failover.states, 'pg-patroni1': 'stopped', 'pg-patroni2': 'running' } },
      null,
      { how: 'crash' },
    );
    expect(causeOf(judgement)).toBe('pg-patroni1 is stopped: what happened to it can be read once it runs again');
  });
});

it('Patroni 3.0: a thawed leader that took the lead back has not been replaced', async () => {
  const taken = recording('3.0.2', 'failover-lead-taken-back');
  const judgement = await judgeLab(leaderChanged, '3.0.2', taken, null, { how: 'freeze' });
  expect(causeOf(judgement)).toBe('none of these changes came after a freeze');
});
