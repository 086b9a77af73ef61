import { expect, test } from 'vitest';
import { configurationPatch, containsConfiguration } from '../../src/actions/contains-configuration.ts';

const wanted = { ttl: 30, postgresql: { use_slots: true, parameters: { wal_level: 'replica' } } };

test('what somebody else has set beside it does not matter', () => {
  const live = {
    ...wanted,
    slots: { mine: { type: 'physical' } },
    postgresql: { ...wanted.postgresql, pg_hba: ['a'] },
  };
  expect(containsConfiguration(live, wanted)).toBe(true);
});

test('a value that is missing or another one does', () => {
  expect(containsConfiguration({ ...wanted, ttl: 20 }, wanted)).toBe(false);
  expect(containsConfiguration({ ttl: 30 }, wanted)).toBe(false);
  expect(containsConfiguration({ ttl: 30, postgresql: null }, wanted)).toBe(false);
  expect(containsConfiguration(null, wanted)).toBe(false);
});

test('a list counts as a whole', () => {
  expect(containsConfiguration({ hba: ['a', 'b'] }, { hba: ['a'] })).toBe(false);
  expect(containsConfiguration({ hba: ['a'] }, { hba: ['a'] })).toBe(true);
});

test('what is wanted is set, and a parameter that PostgreSQL does not have is removed', () => {
  expect(configurationPatch({ ttl: 20 }, wanted, [])).toEqual(wanted);
  expect(configurationPatch({ ...wanted, loop_wait: 5 }, wanted, [])).toBeNull();
  expect(configurationPatch(wanted, wanted, ['wal_keep_segment'])).toEqual({
    ttl: 30,
    postgresql: { use_slots: true, parameters: { wal_level: 'replica', wal_keep_segment: null } },
  });
});
