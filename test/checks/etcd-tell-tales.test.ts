import { expect, test } from 'vitest';
import { readableMessage } from '../../src/checks/readable-message.ts';
import { tellingLine } from '../../src/checks/telling-line.ts';
import { type JournalLine } from '../../src/probes/journal-lines.ts';

// Lines that etcd 3.4.23 and 3.5.16 wrote in a lab, cut where a stack trace begins.
test.each([
  [
    '3.4',
    'conflicting environment variable "ETCD_NAME" is shadowed by corresponding command-line flag (either unset environment variable or disable flag)',
    "ETCD_NAME is in the service's environment and --name on its command line",
  ],
  [
    '3.5',
    json(
      'conflicting environment variable is shadowed by corresponding command-line flag (either unset environment variable or disable flag))',
      { 'environment-variable': 'ETCD_DATA_DIR' },
    ),
    "ETCD_DATA_DIR is in the service's environment and --data-dir on its command line",
  ],
  [
    '3.4',
    '--initial-cluster has etcd1=http://10.0.3.64:2380 but missing from --initial-advertise-peer-urls=http://localhost:2380 (resolved urls: "http://localhost:2380" != "http://10.0.3.64:2380")',
    'this member advertises http://localhost:2380',
  ],
  [
    '3.5',
    json('discovery failed', {
      error:
        '--initial-cluster has etcd1=http://10.0.3.64:2380 but missing from --initial-advertise-peer-urls=http://localhost:2380 (resolved urls: "http://localhost:2380" != "http://10.0.3.64:2380")',
    }),
    'this member advertises http://localhost:2380',
  ],
  ['3.4', `couldn't find local name "node1" in the initial cluster configuration`, 'the member is called node1'],
  [
    '3.5',
    json('discovery failed', { error: `couldn't find local name "node1" in the initial cluster configuration` }),
    'the member is called node1',
  ],
  [
    '3.4',
    'When listening on specific address(es), this etcd process must advertise accessible url(s) to each connected client.',
    'ETCD_ADVERTISE_CLIENT_URLS is missing',
  ],
  [
    '3.5',
    json('advertise client URLs are not set', {
      error: '--advertise-client-urls is required when --listen-client-urls is set explicitly',
    }),
    'ETCD_ADVERTISE_CLIENT_URLS is missing',
  ],
  [
    '3.4',
    'listen tcp 10.0.3.78:2380: bind: cannot assign requested address',
    'etcd is told to listen on 10.0.3.78:2380',
  ],
  [
    '3.5',
    json('discovery failed', { error: 'listen tcp 10.0.3.78:2380: bind: cannot assign requested address' }),
    'etcd is told to listen on 10.0.3.78:2380',
  ],
  [
    '3.4',
    "error verifying flags, expected IP in URL for binding (http://etcd1:2380). See 'etcd --help'.",
    "http://etcd1:2380 needs the node's address",
  ],
  [
    '3.4',
    `error verifying flags, invalid value "http://10.0.3.64:2380/" for ETCD_LISTEN_PEER_URLS: URL must not contain a path: http://10.0.3.64:2380/. See 'etcd --help'.`,
    'etcd can\'t use the value "http://10.0.3.64:2380/" of LISTEN_PEER_URLS: URL must not contain a path',
  ],
  [
    '3.5',
    json('failed to verify flags', { error: 'invalid value "News" for ETCD_INITIAL_CLUSTER_STATE: invalid value' }),
    'the value "News" of INITIAL_CLUSTER_STATE',
  ],
  [
    '3.4',
    'error setting up initial cluster: parse "http://10.0.3.64:2380 etcd2=http://10.0.3.78:2380": invalid character " " in host name',
    "ETCD_INITIAL_CLUSTER can't be read",
  ],
  [
    '3.5',
    json('discovery failed', {
      error: 'cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs',
    }),
    'a new cluster needs "new" on every node',
  ],
  [
    '3.4',
    "error verifying flags, --election-timeout[1000ms] should be at least as 5 times as --heartbeat-interval[1000ms]. See 'etcd --help'.",
    'the election timeout (1000 ms) must be at least five times the heartbeat interval (1000 ms)',
  ],
  ['3.4', 'error listing data dir: /var/lib/etcd/default', 'may not read the data directory'],
  [
    '3.5',
    json('failed to list data directory', {
      dir: '/var/lib/etcd/default',
      error: 'open /var/lib/etcd/default: permission denied',
    }),
    'may not read the data directory',
  ],
  [
    '3.4',
    'cannot access data directory: mkdir my-cluster: permission denied',
    "can't use the data directory (ETCD_DATA_DIR): mkdir my-cluster",
  ],
  [
    '3.5',
    json('failed to verify flags', { error: 'open /etc/etcd/etcd.conf.yml: no such file or directory' }),
    'etcd is told to read /etc/etcd/etcd.conf.yml',
  ],
  ['3.4', 'flag provided but not defined: -bogus', 'etcd has no option -bogus'],
  ['3.4', 'member e6a88cb0033c18d2 has already been bootstrapped', 'its data directory is empty'],
  [
    '3.5',
    json('discovery failed', { error: 'member e6a88cb0033c18d2 has already been bootstrapped' }),
    'its data directory is empty',
  ],
  [
    '3.4',
    'request sent was ignored (cluster ID mismatch: peer[818c8edc6c04aa1e]=f8b18f807bd47a5a, local=e9e5736eca293d5e)',
    'another member belongs to a different cluster',
  ],
  [
    '3.5',
    json('request sent was ignored by remote peer due to cluster ID mismatch', {
      'remote-peer-id': '818c8edc6c04aa1e',
    }),
    'another member belongs to a different cluster',
  ],
  [
    '3.5',
    json('failed to resolve URL Host', {
      url: 'http://etcd11:2380',
      error: 'lookup etcd11 on 10.0.3.1:53: dial udp 10.0.3.1:53: connect: network is unreachable',
    }),
    "etcd11 can't be resolved on this node",
  ],
])('etcd %s: %s', (_version, message, says) => {
  const told = tellingLine([line('Starting'), line(message), line('Failed.')], 'etcd');
  expect(told?.en).toContain(says);
  expect(told?.fr).not.toBe(told?.en);
});

test('a line of etcd says nothing about another service', () => {
  expect(tellingLine([line('member e6a88cb0033c18d2 has already been bootstrapped')], 'patroni')).toBeNull();
});

test('a JSON line reads as its message, its error and its facts', () => {
  expect(readableMessage(json('failed', { dir: '/x', error: 'why' }))).toBe('failed: why (dir /x)');
  expect(readableMessage('{not JSON')).toBe('{not JSON');
});

function json(msg: string, more: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    level: 'fatal',
    ts: '2026-11-23T12:57:16.281890Z',
    caller: 'etcdmain/etcd.go:204',
    msg,
    ...more,
  });
}

function line(message: string): JournalLine {
  return {
    atUs: 0,
    message,
    unit: null,
    invocation: null,
    messageId: null,
    jobType: null,
    jobResult: null,
    identifier: null,
    boot: null,
  };
}
