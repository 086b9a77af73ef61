import { describe, expect, it } from 'vitest';
import { configurationsSince } from '../../src/probes/dcs-configurations.ts';
import { toEtcdBytes } from '../../src/probes/etcd.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { trixie, workshop } from '../checks/patroni-setting.ts';

type Change = readonly [revision: number, value: number | null];

/** An etcd that keeps every revision of the key from `oldest` on; null = the key was deleted. */
function etcdWith(changes: readonly Change[], oldest = 0): Reach {
  const range = (revision: number): string => {
    if (revision < oldest) return '{"code":11,"message":"etcdserver: mvcc: required revision has been compacted"}';
    const [at, value] = changes.findLast(([one]) => one <= revision) ?? [0, null];
    if (value === null) return '{"header":{}}';
    return JSON.stringify({ kvs: [{ value: toEtcdBytes(String(value)), mod_revision: String(at) }] });
  };
  return {
    workshop,
    edition: trixie,
    chapterStarts: new Map(),
    observation: { network: 'present', nodes: new Map(workshop.nodes.map(({ name }) => [name, 'running'])) },
    exec: () => Promise.reject(new Error('etcd is asked from the trainer’s seat')),
    anew: () => etcdWith(changes, oldest),
    execOnNetwork: (argv) => {
      const body = JSON.parse(argv[argv.indexOf('--data') + 1] ?? '{}') as { revision?: string };
      const stdout = range(Number(body.revision ?? 1_000_000));
      return Promise.resolve({
        argv,
        stdout,
        stderr: '',
        exitStatus: 0,
        timedOut: false,
        cancelled: false,
        seconds: 0,
      });
    },
  };
}

async function valuesSince(reach: Reach, since: number) {
  const told = await configurationsSince(reach, BigInt(since));
  return told.kind === 'seen' ? told.value : told;
}

describe('the values of the dynamic configuration since a revision', () => {
  it('are all there, newest first, with the one that held then', async () => {
    const reach = etcdWith([
      [5, 1],
      [20, 2],
      [30, 3],
    ]);
    expect(await valuesSince(reach, 10)).toEqual({ values: [3, 2, 1], complete: true });
    expect(await valuesSince(reach, 25)).toEqual({ values: [3, 2], complete: true });
  });

  it('go on behind a deletion', async () => {
    const reach = etcdWith([
      [5, 1],
      [20, 2],
      [47, null],
      [60, 4],
    ]);
    expect(await valuesSince(reach, 10)).toEqual({ values: [4, 2, 1], complete: true });
  });

  it('are not complete when etcd has forgotten the beginning', async () => {
    const reach = etcdWith(
      [
        [5, 1],
        [20, 2],
        [60, 4],
      ],
      40,
    );
    expect(await valuesSince(reach, 10)).toEqual({ values: [4, 2], complete: false });
  });
});
