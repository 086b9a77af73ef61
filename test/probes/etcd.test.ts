import { expect, test } from 'vitest';
import * as z from 'zod';
import { type CommandResult } from '../../src/model/command.ts';
import { nodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { etcdCurl, readEtcdAnswer } from '../../src/probes/etcd.ts';
import { etcdKey, etcdKeys } from '../../src/probes/etcd-key.ts';
import { etcdStatus } from '../../src/probes/etcd-status.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { commandResult } from '../build/command-result.ts';
import { editionOfEtcd, nodes, workshop } from '../checks/etcd-lab.ts';

const [etcd1] = nodes;
if (etcd1 === undefined) throw new Error('the test workshop has no nodes');

test('a question carries its limit of time, and its wish for a leader only if it has one', () => {
  const plain = etcdCurl(etcd1, { path: 'kv/range', body: { key: 'YQ==' } });
  expect(plain).toContain('--max-time');
  expect(plain.at(-1)).toBe('http://10.0.3.64:2379/v3/kv/range');
  expect(plain.join(' ')).not.toContain('hasleader');
  expect(etcdCurl(etcd1, { path: 'kv/range', body: {}, needsLeader: true })).toContain('Grpc-Metadata-hasleader: true');
});

test.each([
  ['3.4', '{"error":"etcdserver: no leader","message":"etcdserver: no leader","code":14}'],
  ['3.5', '{"code":14, "message":"etcdserver: no leader"}'],
])('an error of etcd %s is an error with its message', (_version, stdout) => {
  expect(readEtcdAnswer(result({ stdout }), z.object({}))).toEqual({ kind: 'error', message: 'etcdserver: no leader' });
});

test('what is not JSON is an error too', () => {
  expect(readEtcdAnswer(result({ stdout: '404 page not found\n' }), z.object({}))).toEqual({
    kind: 'error',
    message: '404 page not found',
  });
});

test.each([
  [7, 'refused'],
  [28, 'timed-out'],
  [52, 'other'],
])("curl's exit status %i is the silence %s", (exitStatus, how) => {
  expect(readEtcdAnswer(result({ exitStatus, stderr: 'curl: why' }), z.object({}))).toEqual({
    kind: 'silence',
    how,
    text: 'curl: why',
  });
});

test('a member whose node is off is not asked', async () => {
  const answer = await etcdStatus(reach({ state: 'stopped' }), etcd1);
  expect(answer).toEqual({ kind: 'seen', value: { kind: 'silence', how: 'node-not-running', text: 'stopped' } });
});

test('curl that could not be run is not an observation', async () => {
  expect((await etcdStatus(reach({ exitStatus: null }), etcd1)).kind).toBe('unseen');
  expect((await etcdStatus(reach({ timedOut: true }), etcd1)).kind).toBe('unseen');
});

test('ids are hexadecimal, and a missing leader is none', async () => {
  const stdout =
    '{"header":{"cluster_id":"17920262174280022618","member_id":"1708707966299709539"},"version":"3.5.16","raftTerm":"3"}';
  const answer = await etcdStatus(reach({ stdout }), etcd1);
  expect(answer).toMatchObject({
    value: { value: { clusterId: 'f8b18f807bd47a5a', memberId: '17b68cd79c2ca063', leaderId: null } },
  });
});

test('a key that is not there is null, an empty value is empty', async () => {
  const ask = async (stdout: string) => etcdKey(reach({ stdout }), etcd1, 'a', 'own-store');
  expect(await ask('{"header":{}}')).toMatchObject({ value: { value: null } });
  expect(await ask('{"header":{},"kvs":[{"key":"YQ=="}],"count":"1"}')).toMatchObject({ value: { value: '' } });
  expect(await ask('{"header":{},"kvs":[{"key":"YQ==","value":"w6k="}]}')).toMatchObject({ value: { value: 'é' } });
});

test('a prefix is asked for up to the next one', async () => {
  const asked: string[][] = [];
  await etcdKeys(reach({ stdout: '{"header":{}}' }, asked), etcd1, '/service/', 'agreed');
  const body: unknown = JSON.parse(asked[0]?.[asked[0].indexOf('--data') + 1] ?? '');
  expect(body).toEqual({ key: btoa('/service/'), range_end: btoa('/service0') });
});

interface Played extends Partial<CommandResult> {
  readonly state?: NodeState;
}

function reach(played: Played, asked: string[][] = []): Reach {
  const answer = (argv: readonly string[]) => {
    asked.push([...argv]);
    return Promise.resolve({ ...result(played), argv });
  };
  const states = new Map(nodes.map(({ name }) => [nodeName(name), played.state ?? 'running']));
  return {
    workshop,
    edition: editionOfEtcd('3.5.16'),
    chapterStarts: new Map(),
    observation: { network: 'present', nodes: states },
    exec: (_node, argv) => answer(argv),
    anew: () => reach(played, asked),
    execOnNetwork: answer,
  };
}

function result(of: Partial<CommandResult>): CommandResult {
  return commandResult(['curl'], of);
}
