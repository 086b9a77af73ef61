import { describe, expect, test } from 'vitest';
import { etcdConfigured } from '../../src/checks/etcd-configured.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

describe.each(etcdVersions)('etcd %s', (etcd) => {
  const judge = (name: string, node: string) => lookAndJudge(etcdConfigured, { etcd, name }, node, {});
  const findings = async (name: string, node: string) => causeOf(await judge(name, node)).split('\n');

  test("the chapter's file makes the three members", async () => {
    for (const node of ['etcd1', 'etcd2', 'etcd3']) expect((await judge('whole', node)).verdict).toBe('pass');
    expect((await judge('whole', 'etcd2')).seen.en).toBe('member etcd2, data in /var/lib/etcd/default, 3 members');
  });

  test("of the workshop's unit for etcd1 every mistake is named, with its line", async () => {
    const unit = '/etc/systemd/system/etcd.service';
    const list = await findings('workshop-text-units', 'etcd1');
    expect(list).toHaveLength(5);
    expect(list[0]).toMatch(`${unit}:14 \`Environment=ETCD_NAME=etcd1\`: ETCD_NAME is in the environment and --name`);
    expect(list[1]).toMatch(`${unit}:11 \`Environment=ETCD_DATA_DIR=/var/lib/etcd/my-cluster\``);
    expect(list[2]).toMatch('no line sets --initial-advertise-peer-urls');
    expect(list[3]).toMatch(`${unit}:31 \`--election-timeout 5000\`: with 5000 ms an election`);
    expect(list[4]).toMatch(`${unit}:13 \`Environment=ETCD_HOST_IP=10.0.3.64\`: etcd knows no setting ETCD_HOST_IP`);
  });

  test("the workshop's units for the other two lack no URL", async () => {
    expect(await findings('workshop-text-units', 'etcd2')).toHaveLength(4);
    expect(await findings('workshop-text-units', 'etcd3')).toHaveLength(4);
  });

  test("the workshop's configuration file is not read by the packaged service", async () => {
    const [cause] = await findings('workshop-text-file-unread', 'etcd1');
    expect(cause).toContain('etcd is not told to read /etc/etcd/etcd.conf.yml');
  });

  test("the workshop's configuration file, once it is read, lacks a member, and the variables don't count", async () => {
    const list = await findings('workshop-text-file', 'etcd1');
    expect(list[0]).toMatch('/etc/etcd/etcd.conf.yml:27 `initial-cluster: etcd1=');
    expect(list[0]).toMatch('etcd3 missing from the list of members');
    expect(list.at(-1)).toMatch("the ETCD_… lines of /etc/default/etcd don't count");
    expect(list.some((line) => line.includes('enable-grpc-gateway'))).toBe(etcd.startsWith('3.4'));
  });

  test('the package as it comes says nothing of a cluster', async () => {
    const [cause] = await findings('package-boot', 'etcd1');
    expect(cause).toBe('/etc/default/etcd says nothing of the cluster yet: etcd would start alone on localhost');
  });

  test('another token than on the other nodes is found where it differs, and only there', async () => {
    expect((await judge('other-token', 'etcd1')).verdict).toBe('pass');
    expect((await findings('other-token', 'etcd3'))[0]).toMatch(
      '/etc/default/etcd:9 `ETCD_INITIAL_CLUSTER_TOKEN=etcd-cluster-0`',
    );
  });

  test('without the package there is nothing to configure', async () => {
    expect((await findings('package-missing', 'etcd2'))[0]).toContain('etcd-server is not installed');
  });

  test('a member that rejoins with "existing" while the others have data is right', async () => {
    expect((await judge('member-learner', 'etcd3')).verdict).toBe('pass');
  });
});
