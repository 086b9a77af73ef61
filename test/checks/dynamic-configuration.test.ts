import { describe, expect, it } from 'vitest';
import { differenceWords } from '../../src/checks/dynamic-configuration/difference-words.ts';
import { differences } from '../../src/checks/dynamic-configuration/differences.ts';
import { sameValue } from '../../src/checks/dynamic-configuration/same-value.ts';
import { dynamicConfigurationHolds } from '../../src/checks/dynamic-configuration-holds.ts';
import { type PostgresSetting } from '../../src/probes/postgres-settings.ts';
import { causeOf, judgeRecorded, patroniVersions } from './recorded-patroni.ts';

describe.each(patroniVersions)('Patroni %s', (version) => {
  const judge = (recording: string) =>
    judgeRecorded(dynamicConfigurationHolds, version, recording, null, { file: 'patroni.yml' });

  it("holds the chapter's file", async () => {
    expect(await judge('whole')).toMatchObject({ verdict: 'pass' });
  });

  it('names every value that was dropped, moved or changed', async () => {
    const judgement = await judge('dynamic-configuration-wrong');
    expect(judgement).toMatchObject({
      verdict: 'fail',
      hint: { en: expect.stringContaining('edit-config') as string },
    });
    expect(causeOf(judgement).split('\n')).toEqual([
      '`loop_wait` is 11, not 10',
      '`wal_keep_size` is missing; instead there is `wal_keep_segment`, which PostgreSQL and Patroni do not know',
      '`postgresql.max_wal_senders` stands too high, where it has no effect: its place is `postgresql.parameters.max_wal_senders`',
      '`max_replication_slots` is missing; instead there is `max_relication_slots`, which PostgreSQL and Patroni do not know',
      '`postgresql.parameters.checkpoint_timeout` is 30, not 30min',
    ]);
  });

  it("names the two parameters that the workshop's text misspelt", async () => {
    const cause = causeOf(await judge('workshop-text-half-corrected'));
    expect(cause).toContain('`wal_keep_segment`');
    expect(cause).toContain('`max_relication_slots`');
  });
});

describe('two ways to write one value', () => {
  const seconds = { type: 'integer', unit: 's' } as const;
  const megabytes = { type: 'integer', unit: 'MB' } as const;
  const blocks = { type: 'integer', unit: '8kB' } as const;

  it.each([
    ['30min', '1800', seconds],
    ['1800s', '30min', seconds],
    [30, '30', seconds],
    ['0.5h', '1800', seconds],
    ['128MB', '128', megabytes],
    ['1GB', 1024, megabytes],
    ['128MB', '16384', blocks],
    ['128MB', '8', { type: 'integer', unit: '16MB' } as const],
    ['1000ms', '1', seconds],
    [true, 'on', { type: 'bool', unit: null } as const],
    ['yes', 'true', { type: 'bool', unit: null } as const],
    ['hot_standby', 'replica', { type: 'enum', unit: null } as const],
    [true, 'on', { type: 'enum', unit: null } as const],
    ['/a, /b', '/a,/b', { type: 'string', unit: null } as const],
    [0.9, '0.9', { type: 'real', unit: null } as const],
  ])('%s is %s', (one, other, setting) => {
    expect(sameValue(one, other, setting)).toBe(true);
    expect(sameValue(other, one, setting)).toBe(true);
  });

  it.each([
    ['30', '30min', seconds],
    ['128kB', '128MB', megabytes],
    ['30min', '30MB', seconds],
    ['on', 'off', { type: 'bool', unit: null } as const],
    ['replica', 'logical', { type: 'enum', unit: null } as const],
    ['/a', '/b', { type: 'string', unit: null } as const],
  ])('%s is not %s', (one, other, setting) => {
    expect(sameValue(one, other, setting)).toBe(false);
  });
});

describe('differences between what is wanted and what is there', () => {
  const setting = (name: string, value: string, more: Partial<PostgresSetting> = {}): PostgresSetting => ({
    name,
    value,
    unit: null,
    type: 'integer',
    pendingRestart: false,
    ...more,
  });
  const settings = [
    setting('max_connections', '100'),
    setting('wal_keep_size', '128', { unit: 'MB' }),
    setting('max_wal_senders', '5'),
  ];
  const wanted = { ttl: 30, postgresql: { use_slots: true, parameters: { max_connections: 100 } } };

  it('there are none, also when more is set', () => {
    const live = {
      ttl: 30,
      failsafe_mode: true,
      postgresql: {
        use_slots: true,
        parameters: { max_connections: '100', max_wal_senders: 5, 'auto_explain.log_analyze': true },
      },
    };
    expect(differences(wanted, live, settings)).toEqual([]);
  });

  it('a value waits for a restart', () => {
    const waiting = [setting('max_connections', '50', { pendingRestart: true })];
    const found = differences(wanted, wanted, waiting);
    expect(found).toEqual([
      { kind: 'not-in-use', name: 'max_connections', wanted: '100', found: '50', pendingRestart: true },
    ]);
    expect(found.map(differenceWords)[0]?.en).toContain('waits for a restart');
  });

  it('a value is overruled', () => {
    expect(differences(wanted, wanted, [setting('max_connections', '50')]).map(differenceWords)[0]?.en).toContain(
      'ALTER SYSTEM',
    );
  });

  it('a parameter that PostgreSQL does not have, with the nearest that it has', () => {
    const live = { ttl: 30, postgresql: { use_slots: true, parameters: { max_connections: 100, max_wal_sender: 5 } } };
    expect(differences(wanted, live, settings)).toEqual([
      { kind: 'unknown', path: 'postgresql.parameters.max_wal_sender', nearest: 'max_wal_senders' },
    ]);
  });

  it('wal_keep_segments counts as the wal_keep_size that Patroni makes of it', () => {
    const size = { postgresql: { parameters: { wal_keep_size: '128MB' } } };
    expect(differences(size, { postgresql: { parameters: { wal_keep_segments: 8 } } }, settings)).toEqual([]);
    expect(differences(size, { postgresql: { parameters: { wal_keep_segments: 9 } } }, settings)).toHaveLength(1);
  });

  it('a section that is not there at all', () => {
    expect(differences(wanted, { ttl: 30 }, settings).map((difference) => difference.kind)).toEqual([
      'missing',
      'missing',
    ]);
  });

  it('everything is said in two languages', () => {
    const live = {
      postgresql: { max_connections: 5, use_slots: false, parameters: { max_connection: 1, nonsense: 2 } },
    };
    const said = differences(wanted, live, settings).map(differenceWords);
    expect(said.length).toBeGreaterThan(2);
    for (const { en, fr } of said) expect(fr).not.toBe(en);
  });
});
