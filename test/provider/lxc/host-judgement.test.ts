import { describe, expect, it } from 'vitest';
import { type HostFacts } from '../../../src/provider/lxc/host/host-facts.ts';
import { hostSettings } from '../../../src/provider/lxc/host/host-settings.ts';
import { fileSystemOf } from '../../../src/provider/lxc/host/judge-home.ts';
import { judgeHost } from '../../../src/provider/lxc/host/judge-host.ts';
import { faultPrograms, neededPrograms } from '../../../src/provider/lxc/host/needed-programs.ts';

const worked = { worked: true, said: '' };
const failed = (said: string) => ({ worked: false, said });
const unifiedMounts = [
  '/dev/vda1 / ext4 rw,relatime 0 0',
  'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime 0 0',
  '/dev/vdb /var/lib/lab xfs rw,nosuid 0 0',
].join('\n');

/** A host on which everything is well. */
const well: HostFacts = {
  isRoot: true,
  kernelRelease: '6.1.0-37-amd64',
  programs: new Set(Object.values({ ...neededPrograms, ...faultPrograms }).flat()),
  lxcVersion: '5.0.2',
  mounts: unifiedMounts,
  firstId: 100_000,
  idFilesWritable: true,
  settings: new Map(hostSettings.map(({ name, wanted }) => [name, { value: wanted, writable: true }])),
  home: { path: '/var/lib/lab', freeBytes: 50e9, closed: [], open: [] },
  trials: { userNamespace: worked, overlay: worked, network: worked, netem: worked },
  appArmor: false,
  availableMemory: 4e9,
};

/** What isn't well, as "needed id" or "advice id". */
function against(change: Partial<HostFacts>): readonly string[] {
  const findings = judgeHost({ ...well, ...change }).filter((finding) => !finding.ok);
  for (const { what } of findings) expect(what.fr).not.toBe('');
  return findings.map(({ severity, id }) => `${severity} ${id}`);
}

const setting = (name: string, value: { value: number; writable: boolean } | undefined) => ({
  settings: new Map([...well.settings, [name, value]]),
});
const without = (...programs: readonly string[]) => ({
  programs: new Set([...well.programs].filter((program) => !programs.includes(program))),
});

describe('a host', () => {
  it('on which everything is well has nothing against it, and every point is named', () => {
    expect(against({})).toEqual([]);
    const ids = judgeHost(well).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [
      'root',
      'kernel',
      'control-groups',
      'id-range',
      'overlay',
      'lxc',
      'mmdebstrap',
      'disk',
      'netem',
    ]) {
      expect(ids).toContain(id);
    }
    expect(judgeHost(well).every(({ remedy }) => remedy === null)).toBe(true);
  });

  it.each<[string, Partial<HostFacts>, readonly string[]]>([
    ['a kernel before 5.11', { kernelRelease: '5.10.0-32-amd64' }, ['needed kernel']],
    ['a kernel of a major version before', { kernelRelease: '4.19.0' }, ['needed kernel']],
    ['read-only control groups', { mounts: 'cgroup2 /sys/fs/cgroup cgroup2 ro,nosuid 0 0' }, ['needed control-groups']],
    ['no control groups', { mounts: '' }, ['needed control-groups']],
    [
      'version 1 without the freezer',
      { mounts: 'cgroup /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0' },
      ['needed control-groups'],
    ],
    ['a missing program', without('mmdebstrap'), ['needed mmdebstrap']],
    ['no LXC', without('lxc-start'), ['needed lxc']],
    ['an LXC that is too old', { lxcVersion: '4.0.6' }, ['needed lxc']],
    ['an LXC that does not say its version', { lxcVersion: undefined }, ['needed lxc']],
    ['AppArmor without its parser', { appArmor: true }, ['needed apparmor']],
    [
      'no user namespaces',
      { trials: { ...well.trials, userNamespace: failed('No space left on device') } },
      ['needed user-namespaces'],
    ],
    [
      'a file system that carries no overlay',
      { trials: { ...well.trials, overlay: failed('wrong fs type') } },
      ['needed overlay'],
    ],
    ['no bridges', { trials: { ...well.trials, network: failed('Unknown device type') } }, ['needed network']],
    ['no netem', { trials: { ...well.trials, netem: failed('unknown') } }, ['advice netem']],
    ['a home that nodes can not reach', { home: { ...well.home, closed: ['/root'] } }, ['needed home']],
    ['a home with a colon', { home: { ...well.home, path: '/srv/a:b' } }, ['needed home']],
    ['a home with a space', { home: { ...well.home, path: '/srv/a b' } }, ['needed home']],
    ['little disk', { home: { ...well.home, freeBytes: 3e9 } }, ['advice disk']],
    ['hardly any disk', { home: { ...well.home, freeBytes: 0.9e9 } }, ['needed disk']],
    ['little memory', { availableMemory: 0.5e9 }, ['advice memory']],
    ['no range of ids, which lab adds', { firstId: undefined }, ['advice id-range']],
    ['no range of ids, and nowhere to add it', { firstId: undefined, idFilesWritable: false }, ['needed id-range']],
    [
      'a low limit, which lab raises',
      setting('fs.inotify.max_user_instances', { value: 128, writable: true }),
      ['advice inotify-instances'],
    ],
    [
      'a low limit that can not be raised',
      setting('fs.inotify.max_user_instances', { value: 128, writable: false }),
      ['needed inotify-instances'],
    ],
    ['a limit that the kernel does not have', setting('kernel.keys.maxkeys', undefined), []],
  ])('with %s', (_what, change, expected) => {
    expect(against(change)).toEqual(expected);
  });

  it('is asked for root first, and nothing is claimed that only root can try', () => {
    const trials = { userNamespace: undefined, overlay: undefined, network: undefined, netem: undefined };
    expect(against({ isRoot: false, trials })).toEqual([
      'needed root',
      'advice user-namespaces',
      'advice network',
      'advice netem',
      'advice overlay',
    ]);
  });

  it('with hybrid control groups, as Debian 12 may have them, is well', () => {
    const hybrid = [
      'cgroup /sys/fs/cgroup/freezer cgroup rw,relatime,freezer 0 0',
      'cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,name=systemd 0 0',
      'cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0',
    ].join('\n');
    expect(against({ mounts: hybrid })).toEqual([]);
  });

  it('is told why a trial failed, by its last line', () => {
    const trials = {
      ...well.trials,
      overlay: failed('sh: line 5\nmount: wrong fs type\n       dmesg(1) may have more information.\n'),
    };
    const overlay = judgeHost({ ...well, trials }).find(({ id }) => id === 'overlay');
    expect(overlay?.what.en).toBe("overlays of nodes don't work on /var/lib/lab (xfs) (mount: wrong fs type)");
  });

  it('gets a remedy to every point that is needed', () => {
    const poor: HostFacts = {
      ...well,
      isRoot: false,
      kernelRelease: '3.0',
      programs: new Set(),
      mounts: '',
      firstId: undefined,
      appArmor: true,
      home: { path: '/a b', freeBytes: 0, closed: [], open: [] },
      settings: new Map(hostSettings.map(({ name }) => [name, { value: 1, writable: false }])),
      trials: { userNamespace: failed(''), overlay: failed(''), network: failed(''), netem: failed('') },
    };
    const needed = judgeHost(poor).filter(({ ok, severity }) => !ok && severity === 'needed');
    expect(needed.length).toBeGreaterThan(15);
    for (const { id, remedy } of needed) expect(remedy?.fr ?? '', id).not.toBe('');
  });
});

describe('the file system of a path', () => {
  it('is that of the longest mount point above it', () => {
    expect(fileSystemOf(unifiedMounts, '/var/lib/lab/images')).toBe('xfs');
    expect(fileSystemOf(unifiedMounts, '/var/lib/laboratory')).toBe('ext4');
    expect(fileSystemOf('', '/var')).toBe('?');
  });

  it('is that of the last mount on the same point', () => {
    expect(fileSystemOf('a /mnt ext4 rw 0 0\nb /mnt tmpfs rw 0 0', '/mnt')).toBe('tmpfs');
  });
});
