import { describe, expect, test } from 'vitest';
import { clearEtcdBootData } from '../../src/actions/clear-etcd-boot-data.ts';
import { formEtcdCluster } from '../../src/actions/form-etcd-cluster.ts';
import { replaceEtcdMember } from '../../src/actions/replace-etcd-member.ts';
import { type Answer, removals, scripted } from './scripted-context.ts';

const etcd = ['etcd1', 'etcd2', 'etcd3'];

interface Disk {
  /** `timed-out`: the node does not answer the question. */
  readonly data: 'none' | 'keys' | 'empty' | 'timed-out';
  readonly healthy?: boolean;
  readonly boot?: boolean;
}

/** A machine of members as their disks are. `configured`: /etc/default/etcd names a cluster. */
function members(disks: Readonly<Record<string, Disk>>, configured: number | null = 0): Answer {
  const of = (node: string, command: string): Disk | undefined =>
    disks[node] ?? Object.entries(disks).find((_, index) => command.includes(`10.0.3.${String(10 + index)}:`))?.[1];
  return (node, command) => {
    const disk = of(node, command) ?? { data: 'none' };
    if (command.includes('kv/range'))
      return disk.healthy === true ? { stdout: '{"header":{}}' } : { exitStatus: 7, stderr: 'curl: (7) refused' };
    if (command.startsWith('test -d')) {
      if (disk.data === 'timed-out') return { exitStatus: null, timedOut: true };
      return { exitStatus: disk.data === 'none' ? 1 : 0 };
    }
    if (command.startsWith('grep -qs'))
      return configured === null ? { exitStatus: null, timedOut: true } : { exitStatus: configured };
    if (command.includes('maintenance/status'))
      return { stdout: disk.data === 'none' ? 'none\n' : disk.boot === true ? 'boot\n' : 'other\n' };
    if (command.includes('snapshot status'))
      return { stdout: disk.data === 'keys' ? '{"revision":7}' : disk.data === 'empty' ? '{"revision":1}' : 'none\n' };
    if (command.includes('is-failed')) return { exitStatus: disk.healthy === true ? 1 : 0 };
    if (command.includes('mv ')) return { stdout: '/var/lib/etcd-kept-1\n' };
    return undefined;
  };
}

const keys = { data: 'keys' } as const;

describe('form-etcd-cluster', () => {
  test('forms etcd where there is nothing at all, without a checkpoint', async () => {
    const world = scripted(etcd, members({}));
    await formEtcdCluster.run(world.context, {});
    expect(removals(world)).toHaveLength(3);
    expect(world.kept).toBe(0);
  });

  test('leaves a cluster whose majority is healthy as it is, and the third member to the checks', async () => {
    const world = scripted(
      etcd,
      members({ etcd1: { ...keys, healthy: true }, etcd2: { ...keys, healthy: true }, etcd3: keys }),
    );
    await formEtcdCluster.run(world.context, {});
    expect(removals(world)).toEqual([]);
  });

  test('stops where a majority could be had, and says why each of the others does not run', async () => {
    const world = scripted(etcd, members({ etcd1: { ...keys, healthy: true }, etcd2: keys, etcd3: keys }));
    await expect(formEtcdCluster.run(world.context, {})).rejects.toMatchObject({
      code: 'etcd-data-kept',
      hint: { en: expect.stringContaining("etcd3: etcd3 can't read it") as string },
    });
    expect(removals(world)).toEqual([]);
  });

  test('puts the data of a last member aside, and keeps a checkpoint before', async () => {
    const world = scripted(etcd, members({ etcd1: keys }));
    await formEtcdCluster.run(world.context, {});
    expect(world.kept).toBe(1);
    expect(world.told.filter((command) => command.includes('mv '))).toEqual([expect.stringMatching(/^etcd1 /)]);
    expect(removals(world).filter((command) => command.startsWith('etcd1'))).toEqual([expect.stringContaining('mv ')]);
  });

  test('a node that does not say whether it has data is not one without', async () => {
    const world = scripted(etcd, members({ etcd1: { data: 'timed-out' }, etcd2: { data: 'timed-out' } }));
    await expect(formEtcdCluster.run(world.context, {})).rejects.toMatchObject({ code: 'data-unseen' });
    expect(removals(world)).toEqual([]);
  });

  test("keys in the package's own cluster are put aside", async () => {
    const world = scripted(etcd, members({ etcd1: { ...keys, boot: true } }));
    await formEtcdCluster.run(world.context, {});
    expect(removals(world)[0]).toMatch(/^etcd1 .*mv /s);
    expect(world.kept).toBeGreaterThan(0);
  });
});

describe('clear-etcd-boot-data', () => {
  const clear = (disk: Disk, configured: number | null = 1) => {
    const world = scripted(['etcd1'], members({ etcd1: disk }, configured));
    return { world, done: clearEtcdBootData.run(world.context, {}) };
  };

  test("removes the package's own cluster that holds no key", async () => {
    const { world, done } = clear({ data: 'empty', boot: true });
    await done;
    expect(removals(world)).toEqual([expect.stringContaining('rm -rf')]);
    expect(world.kept).toBe(0);
  });

  test('puts it aside where somebody wrote a key into it', async () => {
    const { world, done } = clear({ ...keys, boot: true });
    await done;
    expect(removals(world)).toEqual([expect.stringContaining('mv ')]);
    expect(world.kept).toBe(1);
  });

  test('stops at keys of a cluster that was configured elsewhere', async () => {
    const { world, done } = clear(keys);
    await expect(done).rejects.toMatchObject({ code: 'etcd-data-of-others' });
    expect(removals(world)).toEqual([]);
  });

  test('touches nothing where a cluster is named, nor where that could not be seen', async () => {
    const named = clear(keys, 0);
    await named.done;
    expect(removals(named.world)).toEqual([]);
    const unseen = clear(keys, null);
    await expect(unseen.done).rejects.toMatchObject({ code: 'data-unseen' });
    expect(removals(unseen.world)).toEqual([]);
  });
});

describe('replace-etcd-member', () => {
  const only = (disks: Readonly<Record<string, Disk>>) => {
    const world = scripted(etcd, members(disks));
    const [, second] = world.context.nodes;
    if (second === undefined) throw new Error('three members');
    const aborted = AbortSignal.abort();
    return { world, done: replaceEtcdMember.run({ ...world.context, nodes: [second], signal: aborted }, {}) };
  };

  test('stops where the others have no majority without it', async () => {
    const { world, done } = only({ etcd1: { ...keys, healthy: true }, etcd2: { ...keys, healthy: true }, etcd3: keys });
    await expect(done).rejects.toMatchObject({ code: 'etcd-majority-missing' });
    expect(removals(world)).toEqual([]);
  });
});
