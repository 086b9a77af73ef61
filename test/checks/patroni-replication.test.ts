import { describe, expect, it } from 'vitest';
import { slotActive } from '../../src/checks/slot-active.ts';
import { streamsFromLeader } from '../../src/checks/streams-from-leader.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { slotNameOf } from '../../src/probes/postgres-replication.ts';
import { clusterNotPaused } from '../../src/checks/cluster-not-paused.ts';
import { memberMayLead } from '../../src/checks/member-may-lead.ts';
import { whyNoSlot } from '../../src/checks/why-no-slot.ts';
import { bookworm, pg1, pg2, pg3, settingOf, trixie } from './patroni-setting.ts';
import { questionByQuestion } from './psql-questions.ts';
import { causeOf, judgeRecorded, patroniVersions, recordedPatroni } from './recorded-patroni.ts';

describe.each(patroniVersions)('Patroni %s', (version) => {
  const streams = (recording: string, lag = 1) =>
    judgeRecorded(streamsFromLeader, version, recording, pg2, { lag_below_mb: lag });
  const slot = (recording: string) => judgeRecorded(slotActive, version, recording, pg2, {});

  describe('a replica', () => {
    it('streams', async () => {
      const judgement = await streams('whole');
      expect(judgement).toMatchObject({
        verdict: 'pass',
        seen: { en: expect.stringMatching(/^streaming, timeline \d+, 0\.0 MB behind$/) as string },
      });
    });

    it.each<[recording: string, seen: RegExp, cause: RegExp]>([
      ['replica-patroni-stopped', /^no PostgreSQL answers on pg-patroni2$/, /^patroni is not started on pg-patroni2/],
      ['replay-paused', /^3\.\d MB behind$/, /^replay is paused on pg-patroni2/],
      [
        'replication-password-wrong',
        /^no PostgreSQL answers/,
        /the password of repl in this node's config\.yml is not the one/,
      ],
      [
        'leader-lets-no-replica-in',
        /^no PostgreSQL answers/,
        /pg_hba has no line that lets repl in from 10\.0\.3\.201 for replication\npg-patroni1:\/etc\/patroni\/config\.yml:\d+ `pg_hba:`: no line of `pg_hba` lets repl from pg-patroni2/,
      ],
      ['etcd-peer-port', /^no PostgreSQL answers/, /`- 10\.0\.3\.64:2380`: 2380 is where etcd's members talk/],
      [
        'scope-other',
        /^pg-2 takes writes itself$/,
        /^pg-patroni2 has a database of its own .*\n.*`scope: my-ha-clutser`/,
      ],
      [
        'database-of-its-own',
        /^no PostgreSQL answers/,
        /the data directory of this node holds the database of another cluster/,
      ],
      [
        'name-twice',
        /^(no PostgreSQL answers on pg-patroni2|there is no leader)$/,
        /`name: pg-1`|nobody to stream from/,
      ],
      ['etcd-without-quorum', /^there is no leader$/, /nobody to stream from/],
    ])('does not: %s', async (recording, seen, cause) => {
      const judgement = await streams(recording);
      expect(judgement.verdict).toBe('fail');
      expect(judgement.seen.en).toMatch(seen);
      expect(causeOf(judgement)).toMatch(cause);
    });

    it('that replays nothing is wrong also while its lag is below the limit', async () => {
      expect(await streams('replay-paused', 1)).toMatchObject({
        seen: { en: expect.stringMatching(/MB behind/) as string },
      });
      expect(await streams('replay-paused', 10)).toMatchObject({ verdict: 'fail', seen: { en: 'replay is paused' } });
    });
  });

  describe('its slot', () => {
    it('is active', async () => {
      expect(await slot('whole')).toMatchObject({ verdict: 'pass', seen: { en: 'pg_2 is active' } });
    });

    it('stays, unused, when the replica is stopped', async () => {
      expect(await slot('replica-patroni-stopped')).toMatchObject({
        verdict: 'fail',
        seen: { en: 'pg_2 is there and not in use' },
      });
    });

    it('is gone once use_slots is off', async () => {
      const judgement = await slot('slots-switched-off');
      expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'no slot' } });
      expect(causeOf(judgement)).toMatch(/^pg-patroni2 streams without a slot/);
    });

    it('was never made for a replica that could not copy the leader', async () => {
      expect(causeOf(await slot('replication-password-wrong'))).toMatch(/the password of repl/);
    });
  });
});

describe('Patroni 4.0.7, seen on three members', () => {
  const streams = (recording: string, node = pg2) =>
    judgeRecorded(streamsFromLeader, '4.0.7', recording, node, { lag_below_mb: 1 });

  it('a delay set by ALTER SYSTEM is named with its line, and how to take it back', async () => {
    const judgement = await streams('replay-delayed');
    expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'replay is delayed by 90s' } });
    expect(causeOf(judgement)).toMatch(
      /^recovery_min_apply_delay is 90s on pg-patroni2 \(\S+postgresql\.auto\.conf:3\)/,
    );
    expect(judgement).toMatchObject({ hint: { en: expect.stringContaining('alter system reset') as string } });
    expect(await streams('replay-delayed', pg3)).toMatchObject({ verdict: 'pass' });
  });

  it("a delay in Patroni's file is named with the line there", async () => {
    expect(causeOf(await streams('replay-delayed-by-patroni'))).toMatch(
      /is 1h on pg-patroni2 [\s\S]*\/etc\/patroni\/config\.yml:\d+ `recovery_min_apply_delay: 1h`/,
    );
  });

  it('a replica that is cut off from etcd stays on the old timeline', async () => {
    const judgement = await streams('old-timeline', pg3);
    expect(judgement.seen.en).toBe('pg-3 is on timeline 1, the leader on 2');
    expect(causeOf(judgement)).toMatch(/^pg-patroni3 has stayed on timeline 1, .*\n.*Patroni can't reach etcd/);
  });

  it('a member with the tag nofailover is never promoted', async () => {
    const mayLead = (recording: string, node = pg2) => judgeRecorded(memberMayLead, '4.0.7', recording, node, {});
    expect(causeOf(await mayLead('nofailover-tag'))).toMatch(
      /config\.yml:\d+ `nofailover: true`: .* never promotes pg-2/,
    );
    expect(await mayLead('nofailover-tag', pg1)).toMatchObject({ verdict: 'pass' });
    expect(causeOf(await mayLead('nofailover-tag-taken-out'))).toMatch(/started with an older file$/);
  });

  it('a pause that was left on is named, with the command that ends it', async () => {
    const judgement = await judgeRecorded(clusterNotPaused, '4.0.7', 'cluster-paused', null, {});
    expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'Maintenance mode: on' } });
    expect(causeOf(judgement)).toMatch(/^the cluster is paused/);
    expect(judgement).toMatchObject({ hint: { en: expect.stringContaining('config.yml resume') as string } });
    expect(await judgeRecorded(clusterNotPaused, '4.0.7', 'whole', null, {})).toMatchObject({ verdict: 'pass' });
  });
});

describe('a replica that is behind', () => {
  /** The leader counts 6.5 MB; asked again, the replica has this left to replay of what was written, or is gone. */
  const behind = async (leftMb: number | 'gone', args = { lag_below_mb: 1 }) => {
    const recorded = recordedPatroni('4.0.7', 'whole');
    const answer = (rows: unknown): CommandResult => ({
      ...{ argv: [], exitStatus: 0, stdout: JSON.stringify(rows), stderr: '' },
      ...{ timedOut: false, cancelled: false, seconds: 0 },
    });
    const refused = {
      ...answer([]),
      ...{ exitStatus: 2, stdout: '' },
      stderr:
        'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5434" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?\n',
    };
    let gone = false;
    const exec = questionByQuestion(async (node, argv) => {
      const sql = argv.at(-1) ?? '';
      if (sql.includes('pg_current_wal_lsn()::text')) return answer([{ lsn: '0/5000000' }]);
      if (sql.includes("'0/5000000'") && leftMb === 'gone') gone = true;
      if (gone && node === pg2.name && sql.includes('select')) return refused;
      if (sql.includes("pg_wal_lsn_diff('0/5000000', pg_last_wal_replay_lsn())")) return answer([{ left_mb: leftMb }]);
      const result = await recorded.exec(node, argv);
      return { ...result, stdout: result.stdout.replace(/"lag_mb":[\d.e-]+/, '"lag_mb":6.5') };
    });
    const reach: Reach = { ...recorded, exec, anew: () => ({ ...reach }) };
    const observed = await streamsFromLeader.observe(reach, settingOf(pg2, trixie), args);
    if (observed.kind === 'unseen') throw new Error(observed.why.en);
    return streamsFromLeader.judge(observed.value, settingOf(pg2, trixie), args);
  };

  it('passes when it comes to where the leader was: the rest of a segment that archive_timeout ended', async () => {
    expect(await behind(0)).toMatchObject({
      verdict: 'pass',
      seen: { en: expect.stringMatching(/^streaming, .* 0\.0 MB behind$/) as string },
    });
  });

  it('fails when it does not come there, and no line of an old log is taken for the cause', async () => {
    const judgement = await behind(5.2);
    expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: '5.2 MB behind' } });
    expect(causeOf(judgement)).toMatch(/within 5 s did not come to where the leader was$/);
  });

  it('one whose PostgreSQL goes away meanwhile is not told as behind', async () => {
    const judgement = await behind('gone');
    expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'no PostgreSQL answers on pg-patroni2' } });
    expect(causeOf(judgement)).not.toContain('did not come');
  });
});

describe('a slot that is missing', () => {
  it('comes by itself, and with Patroni 3.0 not when it was dropped by hand', () => {
    const [new4, old3] = [trixie, bookworm].map((edition) => whyNoSlot('pg_3', settingOf(pg3, edition)));
    expect(new4?.cause.en).toMatch(/^the leader has no slot pg_3 yet: .* by itself$/);
    expect(old3?.cause.en).toMatch(/^the leader has no slot pg_3 yet: .* dropped by hand, it does not come back/);
    expect(old3?.hint.en).toContain("pg_create_physical_replication_slot('pg_3', true)");
  });
});

describe("a slot's name", () => {
  it.each([
    ['pg-2', 'pg_2'],
    ['PG.2 b', 'pg_2_b'],
    ['é', 'u0233'],
    ['a'.repeat(70), 'a'.repeat(63)],
  ])('of %s is %s, as Patroni makes it', (member, name) => {
    expect(slotNameOf(member)).toBe(name);
  });
});
