import { describe, expect, test } from 'vitest';
import { etcdConfigured } from '../../src/checks/etcd-configured.ts';
import { nodeName } from '../../src/model/ids.ts';
import { type Judgement } from '../../src/model/verdict.ts';
import { type EtcdSources } from '../../src/probes/etcd-invocation.ts';
import { etcdSetting } from './etcd-lab.ts';
import { right, sources } from './etcd1-sources.ts';
import { causeOf } from './look-and-judge.ts';

describe('a single mistake in /etc/default/etcd is named with its line', () => {
  test.each([
    ['a member missing', ',etcd3=http://10.0.3.32:2380', '', 7, 'etcd3 missing from the list of members'],
    [
      'a name that the list does not have',
      'ETCD_NAME=etcd1',
      'ETCD_NAME=node1',
      1,
      'the member of etcd1 is called etcd1',
    ],
    [
      'a name in the list with a slip',
      'etcd2=http',
      'etdc2=http',
      7,
      'there is no member "etdc2"; probably etcd2 is meant',
    ],
    [
      'the address of another member in the list',
      'etcd2=http://10.0.3.78',
      'etcd2=http://10.0.3.32',
      7,
      '10.0.3.32 belongs to etcd3; etcd2 has the address 10.0.3.78',
    ],
    [
      'a name that nobody has in the list',
      'etcd2=http://10.0.3.78',
      'etcd2=http://etcd22',
      7,
      'etcd22 is a name that no node has',
    ],
    ['a port of the clients in the list', '3.78:2380', '3.78:2379', 7, 'members talk to each other on port 2380'],
    ['a list with a space for a comma', ',etcd2', ' etcd2', 7, 'is not name=URL'],
    ['a URL twice in the list', 'etcd3=http://10.0.3.32', 'etcd3=http://10.0.3.78', 7, 'stands there twice'],
    [
      'an own entry that differs from what is advertised',
      'ETCD_INITIAL_ADVERTISE_PEER_URLS=http',
      'ETCD_INITIAL_ADVERTISE_PEER_URLS=https',
      7,
      'etcd ends when the two differ',
    ],
    [
      "another member's address to listen on",
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.78',
      3,
      '10.0.3.78 belongs to etcd2',
    ],
    [
      'a name to listen on',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64',
      'ETCD_LISTEN_PEER_URLS=http://etcd1',
      3,
      'etcd listens on addresses, not on names',
    ],
    ['localhost alone to listen on', '2379,http://127.0.0.1:2379', '2379', 0, ''],
    ['localhost alone to listen on', 'http://10.0.3.64:2379,', '', 4, 'names localhost only'],
    [
      'an unknown address to listen on',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64',
      'ETCD_LISTEN_PEER_URLS=http://10.0.9.9',
      3,
      '10.0.9.9 is no node of the workshop',
    ],
    [
      'no port',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64:2380',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64',
      3,
      'is not a URL that etcd takes',
    ],
    [
      'a slash at the end',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64:2380',
      'ETCD_LISTEN_PEER_URLS=http://10.0.3.64:2380/',
      3,
      'is not a URL that etcd takes',
    ],
    [
      '0.0.0.0 advertised',
      'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.64',
      'ETCD_ADVERTISE_CLIENT_URLS=http://0.0.0.0',
      6,
      'leads each of them to itself',
    ],
    [
      'localhost advertised',
      'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.64',
      'ETCD_ADVERTISE_CLIENT_URLS=http://localhost',
      6,
      'leads each of them to itself',
    ],
    [
      'another member advertised',
      'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.64',
      'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.32',
      6,
      '10.0.3.32 belongs to etcd3',
    ],
    [
      'the wrong port advertised',
      'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.64:2379',
      'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.64:2380',
      6,
      'has port 2380; here it is 2379',
    ],
    [
      'https advertised, http served',
      'ETCD_ADVERTISE_CLIENT_URLS=http',
      'ETCD_ADVERTISE_CLIENT_URLS=https',
      6,
      'the member listens with http',
    ],
    ['an unknown state', 'STATE=new', 'STATE=News', 9, '"new" and "existing" are the only states'],
    ['"existing" before there is a cluster', 'STATE=new', 'STATE=existing', 9, 'there is none yet'],
    ['data elsewhere', '/var/lib/etcd/default', 'my-cluster', 2, 'the data belongs under /var/lib/etcd'],
    ['a comment behind a value', '127.0.0.1:2379', '127.0.0.1:2379 # clients', 4, 'a comment needs a line of its own'],
    ['a shell expression', 'ETCD_NAME=etcd1', 'ETCD_NAME=$(hostname -s)', 1, 'no shell reads this file'],
    ['export', 'ETCD_INITIAL_CLUSTER=', 'export ETCD_INITIAL_CLUSTER=', 7, 'systemd passes over a line with "export"'],
    [
      'a misspelt variable',
      'ETCD_INITIAL_CLUSTER_TOKEN',
      'ETCD_INITAL_CLUSTER_TOKEN',
      8,
      'probably ETCD_INITIAL_CLUSTER_TOKEN is meant',
    ],
  ])('%s (%s → %s)', (_what, from, to, line, says) => {
    expect(right).toContain(from);
    const judgement = judgeText(right.replace(from, to));
    if (line === 0) {
      expect(judgement.verdict).toBe('pass');
      return;
    }
    const place = new RegExp(`/etc/default/etcd:${String(line)} `);
    const finding = causeOf(judgement)
      .split('\n')
      .find((one) => one.includes(says));
    expect(finding).toMatch(place);
    expect(judgement).toMatchObject({ verdict: 'fail', final: true });
  });

  test.each([
    ['ETCD_INITIAL_CLUSTER', 'etcd then forms a cluster of one'],
    ['ETCD_LISTEN_PEER_URLS', 'etcd then listens on localhost only'],
    ['ETCD_INITIAL_ADVERTISE_PEER_URLS', 'it needs http://10.0.3.64:2380'],
    ['ETCD_ADVERTISE_CLIENT_URLS', 'it needs http://10.0.3.64:2379'],
  ])('%s missing', (variable, says) => {
    const text = right.replace(new RegExp(`^${variable}=.*\n`, 'm'), '');
    expect(causeOf(judgeText(text))).toContain(`no line sets ${variable}: `);
    expect(causeOf(judgeText(text))).toContain(says);
  });

  test('an election that takes less than five heartbeats', () => {
    const judgement = judgeText(`${right}ETCD_HEARTBEAT_INTERVAL=1000\n`);
    expect(causeOf(judgement)).toContain('etcd refuses that');
  });
});

describe('what is right in another way passes', () => {
  test('names that /etc/hosts has instead of addresses in the list', () => {
    const text = right
      .replace('etcd1=http://10.0.3.64', 'etcd1=http://etcd1')
      .replace('etcd2=http://10.0.3.78', 'etcd2=http://etcd2');
    expect(judgeText(text).verdict).toBe('pass');
  });

  test('every address to listen on', () => {
    expect(judgeText(right.replace('http://10.0.3.64:2379,http://127.0.0.1:2379', 'http://0.0.0.0:2379')).verdict).toBe(
      'pass',
    );
  });

  test('https everywhere', () => {
    expect(judgeText(right.replaceAll('http://', 'https://')).verdict).toBe('pass');
  });

  test('quotes around values, and another directory under /var/lib/etcd', () => {
    const text = right.replace(/^(ETCD_INITIAL_CLUSTER)=(.*)$/m, '$1="$2"').replace('etcd/default', 'etcd/my-cluster');
    expect(judgeText(text).verdict).toBe('pass');
  });

  test('everything as flags of a drop-in, which takes the ExecStart of the package back', () => {
    const flags = right
      .split('\n')
      .filter((line) => line !== '' && !/ETCD_NAME|ETCD_DATA_DIR/.test(line))
      .map((line) =>
        line.replace(/^ETCD_([A-Z_]+)=/, (_all, name: string) => `--${name.toLowerCase().replaceAll('_', '-')} `),
      );
    const text = `[Service]\nExecStart=\nExecStart=/usr/bin/etcd \\\n  ${flags.join(' \\\n  ')}\n`;
    const dropIn = { path: '/etc/systemd/system/etcd.service.d/override.conf', text };
    expect(judgeSources(sources({ unit: [...sources({}).unit, dropIn], environment: [] })).verdict).toBe('pass');
  });
});

test('a configuration file that is named and not there is the finding', () => {
  const given = 'DAEMON_ARGS="--config-file=/etc/etcd/etcd.conf.yml"\n';
  const judgement = judgeSources(
    sources({
      environment: [{ path: '/etc/default/etcd', text: given }],
      configuration: { path: '/etc/etcd/etcd.conf.yml', text: null },
    }),
  );
  expect(causeOf(judgement)).toContain(
    '/etc/default/etcd:1 `DAEMON_ARGS="--config-file=/etc/etcd/etcd.conf.yml"`: etcd is told to read',
  );
});

test('a configuration file that is not YAML is the finding, with its line', () => {
  const given = 'DAEMON_ARGS="--config-file=/etc/etcd.yml"\n';
  const judgement = judgeSources(
    sources({
      environment: [{ path: '/etc/default/etcd', text: given }],
      configuration: { path: '/etc/etcd.yml', text: 'name: etcd1\n\tdata-dir: x\n' },
    }),
  );
  expect(causeOf(judgement)).toMatch(/^\/etc\/etcd\.yml:2 .*not readable as YAML/);
});

test("the workshop's own place for the program is not Debian's", () => {
  const unit = [{ path: '/etc/systemd/system/etcd.service', text: '[Service]\nExecStart=/usr/local/bin/etcd\n' }];
  const judgement = judgeSources(sources({ unit, programIsThere: false }));
  expect(causeOf(judgement)).toContain('there is no program /usr/local/bin/etcd');
});

function judgeText(text: string): Judgement {
  return judgeSources(sources({ environment: [{ path: '/etc/default/etcd', text }] }));
}

function judgeSources(own: EtcdSources): Judgement {
  const observation = { sources: new Map([[nodeName('etcd1'), own]]), memberDataAnywhere: false };
  return etcdConfigured.judge(observation, etcdSetting('3.5.16', 'etcd1'), {});
}
