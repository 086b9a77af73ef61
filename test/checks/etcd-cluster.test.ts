import { describe, expect, test } from 'vitest';
import { etcdBootDataGone } from '../../src/checks/etcd-boot-data-gone.ts';
import { etcdEndpointHealthy } from '../../src/checks/etcd-endpoint-healthy.ts';
import { etcdHasOneLeader } from '../../src/checks/etcd-has-one-leader.ts';
import { etcdMembersAgree } from '../../src/checks/etcd-members-agree.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

const members = ['etcd1', 'etcd2', 'etcd3'];

describe.each(etcdVersions)('etcd %s', (etcd) => {
  const healthy = (name: string, node: string) => lookAndJudge(etcdEndpointHealthy, { etcd, name }, node, {});
  const agree = (name: string, node: string) => lookAndJudge(etcdMembersAgree, { etcd, name }, node, {});
  const bootData = (name: string, node: string) => lookAndJudge(etcdBootDataGone, { etcd, name }, node, {});
  const leader = (name: string) => lookAndJudge(etcdHasOneLeader, { etcd, name }, null, {});

  test('a whole cluster passes every check', async () => {
    expect((await leader('whole')).verdict).toBe('pass');
    for (const node of members) {
      expect((await healthy('whole', node)).verdict).toBe('pass');
      expect((await agree('whole', node)).verdict).toBe('pass');
      expect((await bootData('whole', node)).verdict).toBe('pass');
    }
  });

  test('with one member stopped the others stay healthy, and the stopped one is named', async () => {
    expect((await healthy('one-member-stopped', 'etcd1')).verdict).toBe('pass');
    expect(causeOf(await healthy('one-member-stopped', 'etcd3'))).toBe(
      'etcd is not started on etcd3: `systemctl start etcd`',
    );
    const judgement = await leader('one-member-stopped');
    expect(causeOf(judgement)).toBe('etcd is not started on etcd3: `systemctl start etcd`');
    expect(judgement.seen.en).toMatch(/^etcd1 follows (etcd\d), etcd2 follows \1, etcd3 takes no connection/);
  });

  test('with two members stopped the third is unhealthy for want of a quorum', async () => {
    const judgement = await healthy('two-members-stopped', 'etcd1');
    expect(judgement.seen.en).toBe('etcd1 answers "etcdserver: no leader"');
    expect(causeOf(judgement)).toBe(
      'no quorum: etcd2 and etcd3 do not answer, 1 of 3 members is left and 2 are needed',
    );
    expect(causeOf(await leader('two-members-stopped'))).toContain('etcd1: no leader, because there is no majority');
  });

  test('a frozen node is named as such and is not asked', async () => {
    expect((await healthy('one-node-frozen', 'etcd1')).verdict).toBe('pass');
    expect(causeOf(await leader('one-node-frozen'))).toBe('etcd3 is frozen');
  });

  test("the package's first start listens for its own node only", async () => {
    expect(causeOf(await agree('package-boot', 'etcd2'))).toContain('for this node alone (127.0.0.1)');
  });

  test("the data of the package's first start makes three clusters, though all ids are equal", async () => {
    expect((await healthy('package-data-kept', 'etcd1')).verdict).toBe('pass');
    expect(causeOf(await agree('package-data-kept', 'etcd1'))).toContain('etcd on etcd1 is a cluster of its own');
    expect(causeOf(await bootData('package-data-kept', 'etcd3'))).toContain(
      'etcd3 is still the member 8e9e05c52164694d',
    );
    expect(causeOf(await leader('package-data-kept'))).toContain(
      'etcd1, etcd2, etcd3 all say that they are the member',
    );
  });

  test('a data directory that is no longer used is named', async () => {
    expect(causeOf(await bootData('leftover-data', 'etcd2'))).toContain('`rm -r /var/lib/etcd/my-cluster.etcd`');
    expect((await bootData('leftover-data', 'etcd1')).verdict).toBe('pass');
  });

  test('a member with another token gives no answer, and its log says why', async () => {
    const judgement = await healthy('other-token', 'etcd3');
    expect(judgement.seen.en).toContain('etcd3 gave no answer in time');
    expect(causeOf(judgement)).toContain('another member belongs to a different cluster');
    expect(causeOf(await leader('other-token'))).toMatch(/^etcd3: another member belongs/);
  });

  test('a member that formed a cluster alone is told so, and the others are not', async () => {
    expect((await healthy('one-member-alone', 'etcd3')).verdict).toBe('pass');
    expect(causeOf(await agree('one-member-alone', 'etcd3'))).toContain('etcd on etcd3 is a cluster of its own');
    expect(causeOf(await bootData('one-member-alone', 'etcd3'))).toContain('etcd1, etcd2 to another one');
    expect((await bootData('one-member-alone', 'etcd1')).verdict).toBe('pass');
    const judgement = await leader('one-member-alone');
    expect(causeOf(judgement)).toMatch(/^these members form 2 different clusters: etcd1, etcd2 \([0-9a-f]+\); etcd3 /);
  });

  test('an added member that was never started, and a learner, are no full members', async () => {
    expect(causeOf(await agree('member-not-started', 'etcd1'))).toMatch(
      /^the member [0-9a-f]+ \(http:\/\/10\.0\.3\.32:2380\) was added/,
    );
    expect(causeOf(await agree('member-learner', 'etcd1'))).toContain('etcd3 is a learner without a vote');
    expect(causeOf(await agree('member-learner', 'etcd3'))).toContain('it is a learner');
  });
});

test('the list of two members of the workshop makes a cluster without the third', async () => {
  const judgement = await lookAndJudge(etcdMembersAgree, { etcd: '3.5.16', name: 'workshop-text-file' }, 'etcd1', {});
  expect(causeOf(judgement)).toContain(
    'etcd3 missing: the cluster was formed with a list of members (initial cluster) without it',
  );
});

test('etcd 3.4 with a configuration file has no gateway, and the cause names the line that it needs', async () => {
  const judgement = await lookAndJudge(
    etcdEndpointHealthy,
    { etcd: '3.4.23', name: 'workshop-text-file' },
    'etcd1',
    {},
  );
  expect(judgement.seen.en).toBe('etcd1 answers "404 page not found"');
  expect(causeOf(judgement)).toContain('`enable-grpc-gateway: true`');
});
