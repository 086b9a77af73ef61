import { describe, expect, it } from 'vitest';
import { leaderIsWritable } from '../../src/checks/leader-is-writable.ts';
import { leaderKeyNamesLeader } from '../../src/checks/leader-key-names-leader.ts';
import { patroniHasOneLeader } from '../../src/checks/patroni-has-one-leader.ts';
import { rolesExist } from '../../src/checks/roles-exist.ts';
import { rowsReplicated } from '../../src/checks/rows-replicated.ts';
import { type PostgresAnswer } from '../../src/probes/postgres.ts';
import { type TableContent } from '../../src/probes/postgres-table.ts';
import { pg1, pg2, settingOf } from './patroni-setting.ts';
import { causeOf, judgeRecorded, patroniVersions } from './recorded-patroni.ts';

const path = '/etc/patroni/config.yml';
const roles = ['dba', 'repl', 'rewind'];
const table = 'workshop_rows';

describe.each(patroniVersions)('Patroni %s', (version) => {
  const oneLeader = (recording: string, members = 2) =>
    judgeRecorded(patroniHasOneLeader, version, recording, null, { at_least: members });
  const leaderKey = (recording: string) => judgeRecorded(leaderKeyNamesLeader, version, recording, null, {});
  const writable = (recording: string) => judgeRecorded(leaderIsWritable, version, recording, null, {});
  const rows = (recording: string) => judgeRecorded(rowsReplicated, version, recording, null, { table });

  describe('one leader', () => {
    it('in a whole cluster', async () => {
      expect(await oneLeader('whole')).toMatchObject({
        verdict: 'pass',
        seen: { en: expect.stringMatching(/^pg-1 leader running, pg-2 replica (running|streaming)$/) as string },
      });
    });

    it('is enough while one member is asked for, whatever the other does', async () => {
      expect(await oneLeader('replica-patroni-stopped', 1)).toMatchObject({ verdict: 'pass' });
    });

    it("is not what the workshop's text makes: the file's lines are the cause", async () => {
      const judgement = await oneLeader('workshop-text', 1);
      expect(judgement).toMatchObject({ verdict: 'fail', final: true });
      const cause = causeOf(judgement);
      expect(cause).toContain(`pg-patroni1:${path}:9 \`etcd:\`: the section \`etcd:\` makes Patroni speak version 2`);
      expect(cause).toContain(`pg-patroni1:${path}:29 \`initdb: UTF8\``);
      expect(cause).toContain(`pg-patroni1:${path}:50 \`bin_dir: /usr/lib/postgresql/12/bin\``);
    });

    it('fails with bin_dir of a version that is not there', async () => {
      expect(causeOf(await oneLeader('bin-dir-wrong', 1))).toMatch(
        /`bin_dir: \/usr\/lib\/postgresql\/12\/bin`: PostgreSQL 12 is not installed here/,
      );
    });

    it.each<[recording: string, cause: RegExp]>([
      ['replica-patroni-stopped', /^patroni is not started on pg-patroni2: `systemctl start patroni`$/],
      ['replica-frozen', /^pg-patroni2 is frozen$/],
      ['replication-password-wrong', /^on pg-patroni2: the password of repl in this node's config\.yml/],
      [
        'etcd-peer-port',
        /pg-patroni2:\/etc\/patroni\/config\.yml:10 `- 10\.0\.3\.64:2380`: 2380 is where etcd's members talk/,
      ],
      [
        'leader-lets-no-replica-in',
        /^on pg-patroni2: pg_hba has no line that lets repl in from 10\.0\.3\.201 for replication$/,
      ],
      ['name-twice', /pg-patroni2:\/etc\/patroni\/config\.yml:2 `name: pg-1`: `pg-1` is the member of pg-patroni1/],
      ['scope-other', /different scopes.*\npg-patroni2:\/etc\/patroni\/config\.yml:1 `scope: my-ha-clutser`/s],
      ['database-of-its-own', /^on pg-patroni2: the data directory of this node holds the database of another cluster/],
      ['waiting-for-a-leader', /^on pg-patroni2: it waits for another member to make the database first/],
      ['etcd-without-quorum', /on pg-patroni1: Patroni can't reach etcd: http:\/\/10\.0\.3\.\d+:2379 does not answer/],
    ])('%s', async (recording, cause) => {
      const judgement = await oneLeader(recording);
      expect(judgement.verdict).toBe('fail');
      expect(causeOf(judgement)).toMatch(cause);
    });

    it('an innocent member is left out of the cause', async () => {
      expect(causeOf(await oneLeader('replication-password-wrong'))).not.toContain('pg-patroni1');
    });

    it("a leader that says itself that it no longer leads is none, though etcd's last word is repeated", async () => {
      const judgement = await oneLeader('etcd-without-quorum');
      expect(judgement.seen.en).toMatch(/pg-1 leader running.*; pg-1 itself says that it no longer leads/);
    });

    it('two scopes make two leaders', async () => {
      expect((await oneLeader('scope-other')).seen.en).toContain('two leaders: pg-1, pg-2');
    });
  });

  describe('the leader key', () => {
    it('names the one that takes writes', async () => {
      expect(await leaderKey('whole')).toMatchObject({
        verdict: 'pass',
        seen: { en: 'the key says pg-1, writes are taken by pg-1' },
      });
    });

    it('is nobody when Patroni never reached etcd', async () => {
      const judgement = await leaderKey('workshop-text');
      expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'the key says nobody, nobody takes writes' } });
      expect(causeOf(judgement)).toContain('`etcd:`');
    });

    it('is not the whole truth when a second PostgreSQL takes writes', async () => {
      const judgement = await leaderKey('scope-other');
      expect(judgement.verdict).toBe('fail');
      expect(causeOf(judgement)).toMatch(/^more than one PostgreSQL takes writes \(pg-patroni1, pg-patroni2\)/);
    });

    it("can't be read without a quorum", async () => {
      expect(await leaderKey('etcd-without-quorum')).toMatchObject({
        verdict: 'fail',
        seen: { en: 'etcd does not answer' },
      });
    });
  });

  describe('the leader', () => {
    it('takes writes', async () => {
      expect(await writable('whole')).toMatchObject({ verdict: 'pass', seen: { en: 'pg-1 takes writes' } });
    });

    it('takes none when sessions are read-only from the start', async () => {
      const judgement = await writable('read-only-by-default');
      expect(judgement.verdict).toBe('fail');
      expect(causeOf(judgement)).toBe('default_transaction_read_only is on (it comes from: configuration file)');
    });

    it('is no longer there once it has lost etcd', async () => {
      const judgement = await writable('etcd-without-quorum');
      expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'there is no leader' } });
      expect(causeOf(judgement)).toContain("Patroni can't reach etcd");
    });
  });

  describe('roles', () => {
    const exist = (recording: string) => judgeRecorded(rolesExist, version, recording, null, { roles });

    it('are there', async () => {
      expect(await exist('whole')).toMatchObject({ verdict: 'pass' });
    });

    it('one is missing and another may not do its work', async () => {
      expect(causeOf(await exist('role-renamed'))).toMatch(
        /^repl may not replicate\nthere is no role rewind\nPatroni makes the roles .* once/,
      );
    });

    it('rewind was never asked for', async () => {
      const judgement = await exist('workshop-text-half-corrected');
      expect(causeOf(judgement)).toMatch(
        /^there is no role rewind\n.*`users:`.*\n.*`authentication:`: there is no account for pg_rewind/,
      );
    });
  });

  describe('rows', () => {
    it('are the same everywhere', async () => {
      expect(await rows('whole')).toMatchObject({ verdict: 'pass', seen: { en: 'pg-1 100 rows, pg-2 100 rows' } });
    });

    it('have not all arrived', async () => {
      expect(causeOf(await rows('replay-paused'))).toBe('pg-2 has not replayed everything: 100 of 3100 rows');
    });

    it("can't be compared with a replica that is frozen or whose Patroni is stopped", async () => {
      expect(causeOf(await rows('replica-frozen'))).toBe('pg-patroni2 is frozen');
      expect(causeOf(await rows('replica-patroni-stopped'))).toContain('patroni is not started on pg-patroni2');
    });

    it('have no table', async () => {
      expect(causeOf(await rows('workshop-text-half-corrected'))).toMatch(/^workshop_rows was not created/);
    });
  });
});

describe('rows, judged without a lab', () => {
  const judgeAnswer = (leader: TableContent, answer: PostgresAnswer<TableContent>) =>
    rowsReplicated.judge(
      {
        leader: { leader: pg1, answer: { kind: 'answer', value: leader }, troubles: [] },
        replicas: [{ node: pg2, answer, trouble: null }],
      },
      settingOf(null),
      { table },
    );
  const judge = (leader: TableContent, replica: TableContent) =>
    judgeAnswer(leader, { kind: 'answer', value: replica });

  it('as many rows are not the same rows', () => {
    const judgement = judge({ rows: 3, checksum: 'a' }, { rows: 3, checksum: 'b' });
    expect(causeOf(judgement)).toMatch(/^pg-2 has as many rows as the leader, and other ones/);
  });

  it('a table that the replica does not know has not come there', () => {
    const message = `ERROR:  relation "${table}" does not exist`;
    const judgement = judgeAnswer({ rows: 3, checksum: 'a' }, { kind: 'error', message });
    expect(judgement.verdict).toBe('fail');
    expect(causeOf(judgement)).toMatch(/^the table has not come to pg-2 yet/);
  });

  it('no rows prove nothing', () => {
    expect(causeOf(judge({ rows: 0, checksum: '' }, { rows: 0, checksum: '' }))).toMatch(/is empty on the leader/);
  });
});
