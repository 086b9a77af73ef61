// Nodes deleted by hand at the end of chapter 8: `lab up` makes them again with https, certificates and users.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { deleteByHand, realLab, removeLab } from './real-lab.ts';

describe('nodes deleted by hand, with etcd over https on trixie', () => {
  const lab = realLab('https-deleted');
  beforeAll(() => lab.mustLab(['up', 'https']));
  afterAll(() => removeLab(lab));

  test('an etcd member and a replica are made again as this chapter has them', async () => {
    await deleteByHand(lab, 'etcd2');
    await deleteByHand(lab, (await roles()).replica);
    const before = await lab.inNode('etcd1', 'cat /etc/default/etcd');
    await lab.mustLab(['up', 'https']);
    await lab.passes('https');
    await lab.passes('replica');
    expect(await lab.inNode('etcd1', 'cat /etc/default/etcd')).toBe(before);
  });

  test('a leader: another one leads, and the node is made again as a replica', async () => {
    const { leader } = await roles();
    await deleteByHand(lab, leader);
    await lab.mustLab(['up', 'https']);
    await lab.passes('https');
    expect((await roles()).leader).not.toBe(leader);
  });

  async function roles(): Promise<{ readonly leader: string; readonly replica: string }> {
    const { patroni } = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
    const nodeWith = (leads: boolean): string => {
      const node = patroni?.members.find(({ role }) => (role === 'leader') === leads)?.node;
      if (!node) throw new Error(`no ${leads ? 'leader' : 'replica'}`);
      return node;
    };
    return { leader: nodeWith(true), replica: nodeWith(false) };
  }
});
