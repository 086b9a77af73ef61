import { describe, expect, it } from 'vitest';
import { changed, diagnose } from './diagnosed.ts';

/** What the linter says of a changed file, by permanent id. */
function found(from: string | RegExp, to: string): readonly string[] {
  return diagnose(changed(from, to)).map(({ id }) => id);
}

describe("what keeps a replica from replicating, in Patroni's file", () => {
  it.each([
    ['nofailover: true', ['tag-nofailover']],
    ['nofailover: yes', ['tag-nofailover']],
    ['nofailover: false', []],
    ['failover_priority: 0', ['tag-nofailover']],
    ['failover_priority: 2', []],
    ['clonefrom: true', []],
  ])('the tag %s', (tag, ids) => {
    expect(found(/^restapi:/m, `tags:\n  ${tag}\n\nrestapi:`)).toEqual(ids);
  });

  it.each([
    ['1h', ['replay-delayed']],
    ['0', []],
    ['0s', []],
  ])('recovery_min_apply_delay: %s', (delay, ids) => {
    const section = `postgresql:\n  recovery_conf:\n    recovery_min_apply_delay: ${delay}\n`;
    expect(found(/^postgresql:\n/m, section)).toEqual(ids);
  });

  it('another password than the one the workshop gives to the role', () => {
    const findings = diagnose(changed(/(username: repl\n\s+password:) secret/, '$1 secert'));
    expect(findings).toMatchObject([
      { id: 'replication-password-other', text: 'password: …', effect: 'does-not-join' },
    ]);
    expect(found(/(username: rewind\n\s+password:) secret/, '$1 secert')).toEqual(['rewind-password-other']);
  });
});
