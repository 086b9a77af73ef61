import { describe, expect, test } from 'vitest';
import { etcdKeyAbsent } from '../../src/checks/etcd-key-absent.ts';
import { etcdKeyStored } from '../../src/checks/etcd-key-stored.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

const hello = { key: '/workshop/hello', value: 'from etcd1' };
const refused = { key: '/workshop/two-stopped' };

describe.each(etcdVersions)('etcd %s', (etcd) => {
  test('a key is read from each member alone', async () => {
    for (const node of ['etcd1', 'etcd2', 'etcd3']) {
      expect((await lookAndJudge(etcdKeyStored, { etcd, name: 'whole' }, node, hello)).verdict).toBe('pass');
    }
  });

  test('another value fails and shows it', async () => {
    const judgement = await lookAndJudge(etcdKeyStored, { etcd, name: 'keys-differ' }, 'etcd2', hello);
    expect(judgement.seen.en).toBe('"from etcd2"');
    expect(causeOf(judgement)).toBe('/workshop/hello was written with another value');
  });

  test('a member that does not answer fails with its cause', async () => {
    const judgement = await lookAndJudge(etcdKeyStored, { etcd, name: 'one-member-stopped' }, 'etcd3', hello);
    expect(causeOf(judgement)).toBe('etcd is not started on etcd3: `systemctl start etcd`');
  });

  test('a key that no member holds is absent', async () => {
    expect((await lookAndJudge(etcdKeyAbsent, { etcd, name: 'whole' }, null, refused)).verdict).toBe('pass');
  });

  test('a write that timed out and went through later is found on every member', async () => {
    const judgement = await lookAndJudge(etcdKeyAbsent, { etcd, name: 'refused-write-took-effect' }, null, refused);
    expect(judgement.seen.en).toBe('it is on etcd1, etcd2, etcd3');
    expect(causeOf(judgement)).toContain('A write that timed out may still happen');
  });

  test('absence is not taken for granted from members that do not answer', async () => {
    const judgement = await lookAndJudge(etcdKeyAbsent, { etcd, name: 'two-members-stopped' }, null, refused);
    expect(causeOf(judgement).split('\n')).toHaveLength(2);
  });
});
