import { describe, expect, it } from 'vitest';
import { defaultClusterDropped } from '../../src/checks/default-cluster-dropped.ts';
import { noTrust } from '../../src/checks/no-trust.ts';
import { patroniConfigured } from '../../src/checks/patroni-configured.ts';
import { restApiAddress } from '../../src/checks/rest-api-address.ts';
import { tooOpenRule } from '../../src/checks/too-open-rule.ts';
import { type NodeDefinition } from '../../src/model/workshop.ts';
import { type HbaRule } from '../../src/probes/postgres-hba.ts';
import { chaptersFile, pg1, pg2, settingOf, trixie } from './patroni-setting.ts';
import { causeOf, judgeRecorded, patroniVersions } from './recorded-patroni.ts';

describe.each(patroniVersions)('Patroni %s', (version) => {
  const configured = (recording: string, node: NodeDefinition = pg2) =>
    judgeRecorded(patroniConfigured, version, recording, node, {});
  const dropped = (recording: string, node: NodeDefinition) =>
    judgeRecorded(defaultClusterDropped, version, recording, node, {});
  const address = (recording: string, node: NodeDefinition = pg2) =>
    judgeRecorded(restApiAddress, version, recording, node, {});
  const trust = (recording: string, node: NodeDefinition = pg1) => judgeRecorded(noTrust, version, recording, node, {});

  describe('the configuration', () => {
    it.each([pg1, pg2])('of $name is right', async (node) => {
      expect(await configured('whole', node)).toMatchObject({
        verdict: 'pass',
        seen: { en: 'postgres:postgres, mode 0600' },
      });
    });

    it.each<[recording: string, cause: RegExp]>([
      ['configuration-missing', /^there is no \/etc\/patroni\/config\.yml on pg-patroni2/],
      ['configuration-template', /config\.yml:1 `scope: "@VERSION@-@CLUSTER@"`: the file is a template/],
      ['configuration-world-readable', /everybody on the node can read it \(mode 0644\)$/],
      ['configuration-of-root', /Patroni runs as postgres and can't read the file of root:root \(mode 0600\)$/],
      ['etcd-peer-port', /config\.yml:10 `- 10\.0\.3\.64:2380`/],
    ])('is not: %s', async (recording, cause) => {
      const judgement = await configured(recording);
      expect(judgement).toMatchObject({ verdict: 'fail', final: true });
      expect(causeOf(judgement)).toMatch(cause);
    });

    it("of the workshop's text fails with each of its mistakes", async () => {
      const cause = causeOf(await configured('workshop-text', pg1));
      const named = [
        '`etcd:`',
        '127.0.0.1:8008',
        'wal_keep_segment',
        'max_relication_slots',
        '`initdb: UTF8`',
        '/usr/lib/postgresql/12/bin',
      ];
      for (const mistake of named) expect(cause).toContain(mistake);
    });
  });

  describe("Debian's own cluster", () => {
    it('is gone', async () => {
      expect(await dropped('whole', pg1)).toMatchObject({ verdict: 'pass' });
    });

    it('is there', async () => {
      const judgement = await dropped('debian-cluster-there', pg2);
      expect(judgement).toMatchObject({
        verdict: 'fail',
        final: true,
        hint: { en: expect.stringContaining('pg_dropcluster --stop') as string },
      });
      expect(causeOf(judgement)).toMatch(/managed by Debian's tools/);
      expect(await dropped('debian-cluster-there', pg1)).toMatchObject({ verdict: 'pass' });
    });

    it("is left as a configuration over Patroni's data, which must not be dropped", async () => {
      const judgement = await dropped('debian-configuration-left', pg2);
      expect(causeOf(judgement)).toMatch(
        /^\/etc\/postgresql\/\d+\/main on pg-patroni2 makes Debian's tools take Patroni's database for theirs/,
      );
      expect(judgement).toMatchObject({
        hint: { en: expect.stringMatching(/`sudo rm -r \/etc\/postgresql\/\d+\/main`\. Not pg_dropcluster/) as string },
      });
    });
  });

  describe('the address of the REST API', () => {
    it.each([pg1, pg2])("is $name's own", async (node) => {
      expect(await address('whole', node)).toMatchObject({
        verdict: 'pass',
        seen: { en: `http://${node.address}:8008/patroni` },
      });
    });

    it.each<[recording: string, seen: RegExp, cause: RegExp]>([
      [
        'rest-address-loopback',
        /^etcd says http:\/\/127\.0\.0\.1:8008/,
        /config\.yml:6 `connect_address: 127\.0\.0\.1:8008`/,
      ],
      [
        'rest-address-of-another',
        /^etcd says http:\/\/10\.0\.3\.141:8008/,
        /config\.yml:6 `connect_address: 10\.0\.3\.141:8008`: 10\.0\.3\.141 is pg-patroni1/,
      ],
      [
        'replica-patroni-stopped',
        /^nobody answers at http:\/\/10\.0\.3\.201:8008/,
        /patroni is not started on pg-patroni2/,
      ],
      ['name-twice', /^pg-2 is not in etcd$/, /`name: pg-1`/],
    ])('is not: %s', async (recording, seen, cause) => {
      const judgement = await address(recording);
      expect(judgement.verdict).toBe('fail');
      expect(judgement.seen.en).toMatch(seen);
      expect(causeOf(judgement)).toMatch(cause);
    });

    it("can't be looked up without etcd's quorum", async () => {
      expect(await address('etcd-without-quorum', pg1)).toMatchObject({
        verdict: 'fail',
        seen: { en: 'etcd does not answer' },
      });
    });
  });

  describe('pg_hba', () => {
    it('trusts nobody over the network', async () => {
      expect(await trust('whole')).toMatchObject({ verdict: 'pass' });
    });

    it('trusts the network, and asks the world', async () => {
      const cause = causeOf(await trust('trust-over-the-network'));
      expect(cause).toMatch(/main\/pg_hba\.conf:\d+ `host all all 10\.0\.3\.0\/24 trust`: whoever comes from there/);
      expect(cause).toMatch(/main\/pg_hba\.conf:\d+ `host all all 0\.0\.0\.0\/0 md5`: every address of the world/);
      expect(cause).toMatch(/\/etc\/patroni\/config\.yml:\d+ `- host all all 10\.0\.3\.0\/24 trust`/);
    });

    it('of bootstrap.pg_hba keeps what initdb trusts, and Patroni’s line is named', async () => {
      const judgement = await trust('workshop-text-half-corrected');
      expect(causeOf(judgement)).toMatch(/`host all all 127\.0\.0\.1\/32 trust`/);
      expect(causeOf(judgement)).toMatch(
        /config\.yml:\d+ `pg_hba:`: lines under `bootstrap\.pg_hba` are put behind those of initdb/,
      );
    });

    it('can only be read while PostgreSQL runs', async () => {
      const judgement = await trust('replica-patroni-stopped', pg2);
      expect(judgement).toMatchObject({ verdict: 'fail', seen: { en: 'no PostgreSQL answers on pg-patroni2' } });
      expect(causeOf(judgement)).toContain('patroni is not started on pg-patroni2');
    });
  });
});

describe('who may read the configuration', () => {
  const file = { path: '/etc/patroni/config.yml', modifiedUs: 0, text: chaptersFile(pg1, trixie) };
  const judge = (user: string, group: string, mode: string) =>
    patroniConfigured.judge({ ...file, user, group, mode }, settingOf(pg1), {}).verdict;

  it.each([
    ['postgres', 'postgres', '0600'],
    ['postgres', 'root', '0400'],
    ['root', 'postgres', '0640'],
  ])('%s:%s %s is right', (user, group, mode) => {
    expect(judge(user, group, mode)).toBe('pass');
  });

  it.each([
    ['postgres', 'postgres', '0644'],
    ['postgres', 'postgres', '0200'],
    ['root', 'root', '0640'],
    ['root', 'postgres', '0600'],
  ])('%s:%s %s is not', (user, group, mode) => {
    expect(judge(user, group, mode)).toBe('fail');
  });
});

describe('one line of pg_hba.conf', () => {
  const line: HbaRule = {
    file: '/pg_hba.conf',
    line: 7,
    type: 'host',
    databases: ['all'],
    users: ['all'],
    address: '10.0.3.0',
    netmask: '255.255.255.0',
    method: 'scram-sha-256',
    error: null,
  };

  it.each<[string, Partial<HbaRule>, boolean]>([
    ["a password from the lab's network", {}, false],
    ['trust from there', { method: 'trust' }, true],
    ['trust through the socket', { type: 'local', address: null, netmask: null, method: 'trust' }, false],
    [
      'trust from the node itself, over TCP',
      { address: '127.0.0.1', netmask: '255.255.255.255', method: 'trust' },
      true,
    ],
    ['everybody with a password', { address: '0.0.0.0', netmask: '0.0.0.0' }, true],
    ['everybody with a password, IPv6', { address: '::', netmask: '::' }, true],
    ['all', { address: 'all', netmask: null, method: 'md5' }, true],
    ['nobody', { address: 'all', netmask: null, method: 'reject' }, false],
    ['the same network', { address: 'samenet', netmask: null }, false],
    ['a line that PostgreSQL can not read', { type: null, method: null, error: 'invalid' }, true],
  ])('%s', (_name, change, tooOpen) => {
    expect(tooOpenRule({ ...line, ...change }) !== null).toBe(tooOpen);
  });
});
