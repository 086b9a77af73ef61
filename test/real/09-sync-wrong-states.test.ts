// What goes wrong with synchronous replication, made on a real cluster as it happens: verify must name the cause.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { catching } from './caught.ts';
import { realLab, removeLab } from './real-lab.ts';

const configuration = '/etc/patroni/config.yml';
const patronictl = `patronictl -c ${configuration}`;

describe('wrong states of synchronous replication', () => {
  const lab = realLab('wrong-sync', 'trixie');
  let replica = '';

  beforeAll(async () => {
    await lab.mustLab(['up', 'sync']);
    const status = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    replica = status.patroni?.members.find(({ role }) => role !== 'leader')?.node ?? '';
    expect(replica).not.toBe('');
  });
  afterAll(() => removeLab(lab));

  const edit = (...values: readonly string[]): Promise<string> =>
    lab.inNode('pg-patroni1', `${patronictl} edit-config --force ${values.map((value) => `-s '${value}'`).join(' ')}`);
  const names = catching(lab, 'sync');
  const well = async (): Promise<void> => {
    const verified = await lab.lab(['verify', 'sync', '--wait', '60s']);
    expect(verified.exitStatus, verified.stdout).toBe(0);
  };

  test('a number of standbys without the mode', async () => {
    await edit('synchronous_mode=null', 'synchronous_node_count=2');
    await names([
      'one-synchronous-standby',
      null,
      /`synchronous_node_count: 2` stands there without `synchronous_mode`/,
    ]);
  });

  test("synchronous_standby_names: '*' by hand instead of Patroni's mode", async () => {
    await edit('synchronous_node_count=null', 'postgresql.parameters.synchronous_standby_names="*"');
    await names(['one-synchronous-standby', null, /`synchronous_standby_names: '\*'` was set by hand: commits wait/]);
    await edit('synchronous_mode=true');
    await names(['one-synchronous-standby', null, /set by hand: with `synchronous_mode` Patroni sets/]);
    await edit('postgresql.parameters.synchronous_standby_names=null');
    await well();
  });

  test('a parameter under postgresql: instead of postgresql.parameters', async () => {
    await edit('postgresql.max_connections=55');
    await names([
      'parameters-in-place',
      null,
      /`postgresql.max_connections`[\s\S]*`postgresql.parameters.max_connections`/,
    ]);
    await edit('postgresql.max_connections=null');
  });

  test('strict mode left on; strict without the mode', async () => {
    await edit('synchronous_mode_strict=true');
    await names(['one-synchronous-standby', null, /`synchronous_mode_strict` is on: once the last standby is gone/]);
    await edit('synchronous_mode=null');
    await names(['one-synchronous-standby', null, /`synchronous_mode_strict` stands there without `synchronous_mode`/]);
    await edit('synchronous_mode_strict=null', 'synchronous_mode=true');
  });

  test('a nosync tag', async () => {
    await lab.inNode(replica, `printf 'tags:\\n  nosync: true\\n' >> ${configuration}; systemctl reload patroni`);
    await names([
      'may-be-synchronous',
      replica,
      /config\.yml:\d+ `nosync: true`: with this tag Patroni never chooses pg-\d/,
    ]);
    await lab.inNode(replica, `sed -i '/^tags:/,$d' ${configuration}; systemctl reload patroni`);
    await well();
  });
});
