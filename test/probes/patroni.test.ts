import { describe, expect, it } from 'vitest';
import { type CommandResult } from '../../src/model/command.ts';
import { type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Target } from '../../src/model/target.ts';
import { memberAt } from '../../src/probes/patroni-member.ts';
import { observePatroniCluster } from '../../src/probes/patroni.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { resolveTarget } from '../../src/probes/resolve-target.ts';
import { pg1, pg2, pg3, trixie, workshop } from '../checks/patroni-setting.ts';
import { patroniVersions, recordedPatroni } from '../checks/recorded-patroni.ts';

/** Answers by URL; at the others nobody listens. */
function fakeReach(
  answers: Readonly<Record<string, unknown>>,
  states: readonly (readonly [NodeName, NodeState])[] = [],
): Reach {
  const execOnNetwork = (argv: readonly string[]): Promise<CommandResult> => {
    const answer = answers[argv.at(-1) ?? ''];
    const result = { argv, stderr: '', timedOut: false, cancelled: false, seconds: 0 };
    return Promise.resolve(
      answer === undefined
        ? { ...result, exitStatus: 7, stdout: '' }
        : { ...result, exitStatus: 0, stdout: JSON.stringify(answer) },
    );
  };
  const nodes = new Map<NodeName, NodeState>([[pg1.name, 'running'], [pg2.name, 'running'], ...states]);
  return {
    workshop,
    edition: trixie,
    chapterStarts: new Map(),
    observation: { network: 'present', nodes },
    exec: () => Promise.reject(new Error('not asked')),
    anew: () => fakeReach(answers, states),
    execOnNetwork,
  };
}

const member = (name: string, role: string, state: string, more: object = {}) => ({
  name,
  role,
  state,
  host: '10.0.3.141',
  port: 5434,
  ...more,
});
const self = (role: string) => ({ role, state: 'running', patroni: { version: '4.0.7' } });
const url = (node: typeof pg1, path: string) => `http://${node.address}:8008${path}`;

describe('the cluster', () => {
  it.each(patroniVersions)('as Patroni %s tells it', async (version) => {
    const observed = await observePatroniCluster(recordedPatroni(version, 'whole'));
    expect(observed).toMatchObject({
      kind: 'seen',
      value: {
        scope: 'my-ha-cluster',
        leader: 'pg-1',
        members: [
          { name: 'pg-1', node: 'pg-patroni1', role: 'leader', state: 'running', lagMb: null },
          { name: 'pg-2', node: 'pg-patroni2', role: 'replica', lagMb: 0 },
        ],
      },
    });
  });

  it('is told by whoever answers', async () => {
    const members = [
      member('pg-1', 'leader', 'running', { timeline: 3 }),
      member('pg-2', 'sync_standby', 'streaming', { lag: 1048576 }),
    ];
    const observed = await observePatroniCluster(fakeReach({ [url(pg2, '/cluster')]: { members } }));
    expect(observed).toMatchObject({
      value: { leader: 'pg-1', members: [{ timeline: 3 }, { role: 'sync_standby', lagMb: 1, timeline: null }] },
    });
  });

  it('is believed of the one that knows a leader', async () => {
    const answers = {
      [url(pg1, '/cluster')]: { members: [member('pg-1', 'replica', 'running')] },
      [url(pg2, '/cluster')]: { members: [member('pg-2', 'standby_leader', 'running')] },
    };
    expect(await observePatroniCluster(fakeReach(answers))).toMatchObject({ value: { leader: 'pg-2' } });
  });

  it('has an unknown lag', async () => {
    const members = [member('pg-1', 'leader', 'running'), member('pg-2', 'replica', 'stopped', { lag: 'unknown' })];
    expect(await observePatroniCluster(fakeReach({ [url(pg1, '/cluster')]: { members } }))).toMatchObject({
      value: { members: [{}, { lagMb: null }] },
    });
  });

  it.each(['master', 'primary'])('has a leader that calls itself %s', async (role) => {
    const members = [member('pg-1', 'leader', 'running')];
    const observed = await observePatroniCluster(
      fakeReach({ [url(pg1, '/cluster')]: { members }, [url(pg1, '/patroni')]: self(role) }),
    );
    expect(observed).toMatchObject({ value: { leader: 'pg-1' } });
  });

  it('has none when the leader calls itself a replica', async () => {
    const members = [member('pg-1', 'leader', 'running')];
    const observed = await observePatroniCluster(
      fakeReach({ [url(pg1, '/cluster')]: { members }, [url(pg1, '/patroni')]: self('replica') }),
    );
    expect(observed).toMatchObject({ value: { leader: null, members: [{ role: 'replica' }] } });
  });

  it('keeps a leader that gives no answer: etcd still says so', async () => {
    const members = [member('pg-1', 'leader', 'running'), member('pg-2', 'replica', 'streaming')];
    expect(
      await observePatroniCluster(fakeReach({ [url(pg2, '/cluster')]: { members } }, [[pg1.name, 'frozen']])),
    ).toMatchObject({ value: { leader: 'pg-1' } });
  });

  it('is not there when nobody answers', async () => {
    expect(await observePatroniCluster(fakeReach({}))).toEqual({ kind: 'seen', value: null });
  });

  it('is unseen when curl could not be run', async () => {
    const reach = {
      ...fakeReach({}),
      execOnNetwork: async () => ({
        argv: ['curl'],
        exitStatus: null,
        stdout: '',
        stderr: 'no such program',
        timedOut: false,
        cancelled: false,
        seconds: 0,
      }),
    };
    expect(await observePatroniCluster(reach)).toMatchObject({ kind: 'unseen' });
  });
});

describe('who is at an address', () => {
  it('a name in it means what the workshop says', async () => {
    const asked: string[] = [];
    const reach = {
      ...fakeReach({}),
      execOnNetwork: async (argv: readonly string[]) => (
        asked.push(argv.join(' ')),
        { argv, exitStatus: 7, stdout: '', stderr: '', timedOut: false, cancelled: false, seconds: 0 }
      ),
    };
    await memberAt(reach, 'http://p2:8008/patroni');
    expect(asked[0]).toContain('--resolve p2:8008:10.0.3.201');
  });

  it.each(patroniVersions)('Patroni %s says when its PostgreSQL started, and who streams from it', async (version) => {
    const answer = await memberAt(recordedPatroni(version, 'whole'), 'http://10.0.3.141:8008/patroni');
    expect(answer).toMatchObject({
      value: {
        kind: 'answer',
        value: {
          leads: true,
          name: version === '4.0.7' ? 'pg-1' : null,
          state: 'running',
          postmasterStartedAt: expect.any(Number) as number,
          streamsTo: ['pg-2'],
        },
      },
    });
  });
});

describe('a target', () => {
  const leader: Target = { kind: 'role', role: 'leader' };
  const replicas: Target = { kind: 'role', role: 'replicas' };
  const names = async (reach: Reach, target: Target, soFar = reach.workshop.nodes) => {
    const observed = await resolveTarget(reach, target, soFar);
    return observed.kind === 'seen' ? observed.value.map(({ name }) => name as string) : observed.why.en;
  };

  it.each(patroniVersions)('is found by its role (Patroni %s)', async (version) => {
    expect(await names(recordedPatroni(version, 'whole'), leader)).toEqual(['pg-patroni1']);
    expect(await names(recordedPatroni(version, 'whole'), replicas)).toEqual(['pg-patroni2']);
  });

  it.each(patroniVersions)('is a replica also while its Patroni is stopped (Patroni %s)', async (version) => {
    expect(await names(recordedPatroni(version, 'replica-patroni-stopped'), replicas)).toEqual(['pg-patroni2']);
  });

  it.each(patroniVersions)('is nobody when nobody leads (Patroni %s)', async (version) => {
    for (const recording of ['etcd-without-quorum', 'waiting-for-a-leader']) {
      expect(await names(recordedPatroni(version, recording), leader)).toEqual([]);
      expect(await names(recordedPatroni(version, recording), replicas)).toEqual([]);
    }
  });

  it('is a replica only if it exists', async () => {
    const answers = { [url(pg1, '/cluster')]: { members: [member('pg-1', 'leader', 'running')] } };
    expect(await names(fakeReach(answers, [[pg3.name, 'absent']]), replicas)).toEqual(['pg-patroni2']);
    expect(await names(fakeReach(answers, [[pg3.name, 'stopped']]), replicas)).toEqual(['pg-patroni2', 'pg-patroni3']);
  });

  it('is no replica yet as a node of a later chapter, and may lead all the same', async () => {
    const soFar = [pg1, pg2];
    const led = (name: string) => ({ [url(pg1, '/cluster')]: { members: [member(name, 'leader', 'running')] } });
    expect(await names(fakeReach(led('pg-1')), replicas, soFar)).toEqual(['pg-patroni2']);
    expect(await names(fakeReach(led('pg-3')), replicas, soFar)).toEqual(['pg-patroni1', 'pg-patroni2']);
    expect(await names(fakeReach(led('pg-3')), leader, soFar)).toEqual(['pg-patroni3']);
  });

  it('is a node or a group as it stands', async () => {
    expect(await names(fakeReach({}), { kind: 'node', node: pg2.name })).toEqual(['pg-patroni2']);
    expect(await names(fakeReach({}), { kind: 'group', group: 'pg', nodes: [pg1.name, pg2.name] })).toEqual([
      'pg-patroni1',
      'pg-patroni2',
    ]);
  });
});
