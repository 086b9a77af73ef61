import { expect, test } from 'vitest';
import { configurationCauses, stateCauses } from '../../src/checks/why-not-synchronous.ts';
import { type SynchronousConfiguration, synchronousSchema } from '../../src/probes/synchronous-mode.ts';

const wanted = { mode: 'on', standbys: 1 } as const;

function read(configuration: Readonly<Record<string, unknown>>, patroni = '4.0'): SynchronousConfiguration {
  const edition = { name: 'test', values: { patroni } } as unknown as Parameters<
    typeof synchronousSchema
  >[0]['edition'];
  return synchronousSchema({ edition }).parse(configuration);
}

function causes(configuration: Readonly<Record<string, unknown>>, patroni?: string): string {
  return configurationCauses(read(configuration, patroni), wanted)
    .map(({ en }) => en)
    .join('\n');
}

test('one synchronous standby is what is wanted', () => {
  expect(causes({ synchronous_mode: true })).toBe('');
  expect(causes({ synchronous_mode: 'on', synchronous_node_count: 1 })).toBe('');
});

test('a number of standbys without the mode has no effect', () => {
  expect(causes({ synchronous_node_count: 2 })).toMatch(
    /`synchronous_node_count: 2` stands there without `synchronous_mode`/,
  );
});

test('names that were set by hand are named, with the mode and without', () => {
  const postgresql = { parameters: { synchronous_standby_names: '*' } };
  expect(causes({ postgresql })).toMatch(
    /`synchronous_standby_names: '\*'` was set by hand: commits wait for somebody/,
  );
  expect(causes({ synchronous_mode: true, postgresql })).toMatch(/set by hand: with `synchronous_mode` Patroni sets/);
});

test('strict where it should not be', () => {
  expect(causes({ synchronous_mode: true, synchronous_mode_strict: true })).toMatch(/nobody can write any more/);
  expect(
    configurationCauses(read({ synchronous_mode: true }), { mode: 'strict', standbys: 1 }).map(({ en }) => en),
  ).toEqual([expect.stringMatching(/`synchronous_mode_strict` is not on/)]);
});

test('quorum is a mode of Patroni 4, and no mode of Patroni 3', () => {
  expect(read({ synchronous_mode: 'quorum' }, '4.0').mode).toBe('quorum');
  expect(read({ synchronous_mode: 'quorum' }, '3.0').mode).toBe('off');
  expect(causes({ synchronous_mode: 'quorum' }, '3.0')).toMatch(/known from Patroni 4 on/);
});

test('ALTER SYSTEM is stronger than Patroni', () => {
  const state = { names: '*', file: '/var/lib/postgresql/17/main/postgresql.auto.conf', standbys: [] };
  expect(stateCauses(state).map(({ en }) => en)).toEqual([expect.stringMatching(/by ALTER SYSTEM/)]);
});
