import { describe, expect, it, test } from 'vitest';
import { archiveCommandTrouble } from '../../../src/checks/pgbackrest/archive-command-trouble.ts';
import { configurationFindings } from '../../../src/checks/pgbackrest/configuration-findings.ts';
import { methodTrouble } from '../../../src/checks/pgbackrest/method-trouble.ts';

const stanza = 'my-ha-cluster';
const push = `pgbackrest --stanza=${stanza} archive-push %p`;

describe('an archive_command', () => {
  test.each([push, `/usr/bin/pgbackrest --stanza ${stanza} archive-push "%p"`])('%s is right', (command) =>
    expect(archiveCommandTrouble(command, stanza)).toBeNull(),
  );
  test.each([
    ['/bin/true', /always succeeds and keeps nothing/],
    ['true', /always succeeds and keeps nothing/],
    [':', /always succeeds and keeps nothing/],
    ['exit 0', /always succeeds and keeps nothing/],
    ['', /is empty/],
    ['cp %p /mnt/archive/%f', /nothing of it reaches pgBackRest/],
    ['pgbackrest --stanza=main archive-push %p', /wrong stanza, `main` instead of `my-ha-cluster`/],
    ['pgbackrest archive-push %p', /wrong stanza, it names none/],
    [`pgbackrest --stanza=${stanza} archive-push`, /without `%p`/],
    [`${push} || true`, /succeeds also when pgBackRest fails/],
    [`${push}; /bin/true`, /succeeds also when pgBackRest fails/],
  ])('%s', (command, cause) => expect(archiveCommandTrouble(command, stanza)?.en).toMatch(cause));
});

describe('a pgbackrest.conf', () => {
  const wanted = `[global]\nrepo1-path=/var/lib/pgbackrest\nrepo1-retention-full=2\n\n[${stanza}]\npg1-port=5434\n`;
  const findings = (found: string) => configurationFindings('/c', wanted, found).map(({ en }) => en);

  it('may say more than the chapter', () => expect(findings(`# mine\n${wanted}process-max=2\n`)).toEqual([]));
  it('names the line that differs', () =>
    expect(findings(wanted.replace('5434', '5432'))).toEqual([
      'line 6 of /c says `pg1-port=5432`; it has to be `pg1-port=5434`',
    ]));
  it('says once that the stanza is another', () =>
    expect(findings(wanted.replace(stanza, 'main'))).toEqual([
      'line 5 of /c says `[main]`: the wrong stanza, it is called `my-ha-cluster`',
    ]));
  it('may not lack its stanza, or the retention', () => {
    expect(findings('[global]\n').join()).toContain('no section `[my-ha-cluster]`');
    expect(findings(wanted.replace(/repo1-retention.*\n/, ''))).toEqual([
      '/c lacks `repo1-retention-full=2` in its section `[global]`',
    ]);
  });
  it('may not switch the removing off', () =>
    expect(findings(wanted.replace('[global]', '[global]\nexpire-auto=n'))).toEqual([
      'line 2 of /c says `expire-auto=n`: nothing is removed after a backup',
    ]));
});

describe('methods to make replicas', () => {
  const right = {
    postgresql: {
      create_replica_methods: ['pgbackrest', 'basebackup'],
      pgbackrest: { command: `pgbackrest --stanza=${stanza} --delta restore`, keep_data: true, no_params: true },
      recovery_conf: { restore_command: `pgbackrest --stanza=${stanza} archive-get %f "%p"` },
    },
  };
  const troubles = (change: object) => {
    const configuration = { postgresql: { ...right.postgresql, ...change } };
    return methodTrouble(configuration, ['pgbackrest', 'basebackup'], stanza).map(({ en }) => en);
  };

  it('are right as the chapter has them', () => expect(troubles({})).toEqual([]));
  test.each([
    [{ create_replica_methods: undefined }, /has no `postgresql.create_replica_methods`/],
    [{ create_replica_methods: ['basebackup'] }, /`create_replica_methods: \[basebackup\]` is without pgbackrest/],
    [{ create_replica_methods: ['basebackup', 'pgbackrest'] }, /tried in this order/],
    [{ pgbackrest: undefined }, /a name and nothing to run/],
    [{ pgbackrest: { ...right.postgresql.pgbackrest, no_params: undefined } }, /no_params: true` is missing/],
    [
      { pgbackrest: { ...right.postgresql.pgbackrest, command: 'pgbackrest --stanza=main restore' } },
      /lacks `--stanza=my/,
    ],
    [{ recovery_conf: undefined }, /restore_command` is missing/],
  ])('%o', (change, cause) => {
    const found = troubles(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(cause);
  });
});
