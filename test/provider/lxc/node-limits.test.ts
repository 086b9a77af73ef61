import { expect, it } from 'vitest';
import { limitSettings } from '../../../src/provider/lxc/node-limits.ts';

const limits = { processes: 300, memoryMegabytes: 2 };

it('both versions of control groups are told in their own words', () => {
  expect(limitSettings(limits, { version: 1, names: ['rw', 'memory', 'pids'] })).toEqual([
    'lxc.cgroup.pids.max=300',
    'lxc.cgroup.memory.limit_in_bytes=2097152',
  ]);
  expect(limitSettings(limits, { version: 2, names: ['memory', 'pids'] })).toEqual([
    'lxc.cgroup2.pids.max=300',
    'lxc.cgroup2.memory.max=2097152',
  ]);
});

it('a controller that the host lacks is not asked for: LXC would not start the node', () => {
  expect(limitSettings(limits, { version: 1, names: ['pids'] })).toEqual(['lxc.cgroup.pids.max=300']);
  expect(limitSettings(limits, { version: 2, names: [] })).toEqual([]);
});
