import { describe, expect, it } from 'vitest';
import { groupsIn, isWithin, nodeGroup } from '../../../src/provider/lxc/control-groups.ts';

describe('the group of a whole node', () => {
  it('is what LXC made, wherever its first process has gone', () => {
    expect(nodeGroup('/lxc.payload.etcd1')).toBe('/lxc.payload.etcd1');
    expect(nodeGroup('/lxc.payload.etcd1-2/away')).toBe('/lxc.payload.etcd1-2');
    expect(nodeGroup('/system.slice/lxc.payload.etcd1/init.scope')).toBe('/system.slice/lxc.payload.etcd1');
  });

  it('is the outermost one, though a node gives its own the same name', () => {
    expect(nodeGroup('/lxc.payload.etcd1/lxc.payload.etcd1/x')).toBe('/lxc.payload.etcd1');
  });

  it('is the group itself where LXC has made none', () => {
    expect(nodeGroup('/')).toBe('/');
    expect(nodeGroup(undefined)).toBeUndefined();
  });
});

it('groups are found by controller, that of version 2 without one', () => {
  const groups = groupsIn('6:freezer:/a\n1:cpu,cpuacct:/b\n0::/c\n');
  expect([groups('freezer'), groups('cpuacct'), groups(''), groups('pids')]).toEqual(['/a', '/b', '/c', undefined]);
});

it('within is the group and what is below it, not what begins alike', () => {
  expect([isWithin('/a', '/a'), isWithin('/a/b', '/a'), isWithin('/ab', '/a'), isWithin(undefined, '/a')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
