import { expect, test } from 'vitest';
import { nodeName } from '../../../src/model/ids.ts';
import { withVolumes } from '../../../src/provider/lxc/volumes.ts';

const config = 'lxc.uts.name = a\nlxc.mount.entry = /pool var/lib/lab/pool none bind,ro,create=dir 0 0\n';
const backups = { name: 'backups', path: '/srv/backups', nodes: [nodeName('a')] };
const line = 'lxc.mount.entry = /lab/nodes/.volumes/backups srv/backups none bind,create=dir 0 0\n';

test('a node of before gets the volume, behind what it has', () => {
  expect(withVolumes(config, '/lab/nodes', [backups])).toBe(`${config}${line}`);
});

test('once more changes nothing', () => {
  expect(withVolumes(`${config}${line}`, '/lab/nodes', [backups])).toBe(`${config}${line}`);
});

test('a volume that the workshop no longer has goes, and another path counts', () => {
  expect(withVolumes(`${config}${line}`, '/lab/nodes', [])).toBe(config);
  const moved = withVolumes(`${config}${line}`, '/lab/nodes', [{ ...backups, path: '/mnt/b' }]);
  expect(moved).toBe(`${config}${line.replace('srv/backups none', 'mnt/b none')}`);
});
