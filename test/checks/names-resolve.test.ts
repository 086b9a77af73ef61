import { describe, expect, test } from 'vitest';
import { hostsFileTrouble, type WrongName } from '../../src/checks/hosts-file-trouble.ts';
import { namesResolve } from '../../src/checks/names-resolve.ts';
import { nodes } from './etcd-lab.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

describe.each(etcdVersions)('on the nodes of etcd %s', (etcd) => {
  const wrong = { etcd, name: 'hosts-wrong' };

  test('every name of the workshop resolves in a right /etc/hosts', async () => {
    for (const node of ['etcd1', 'etcd2', 'etcd3']) {
      expect((await lookAndJudge(namesResolve, { etcd, name: 'whole' }, node, {})).verdict).toBe('pass');
    }
  });

  test('two addresses that were swapped are called so, with both lines', async () => {
    const judgement = await lookAndJudge(namesResolve, wrong, 'etcd1', {});
    expect(causeOf(judgement)).toBe(
      '/etc/hosts:3 `10.0.3.32 etcd2` and /etc/hosts:4 `10.0.3.78 etcd3`: the addresses of etcd2 and etcd3 are swapped (etcd2 is 10.0.3.78, etcd3 is 10.0.3.32)',
    );
    expect(judgement).toMatchObject({
      verdict: 'fail',
      final: true,
      seen: { en: 'etcd2 → 10.0.3.32, etcd3 → 10.0.3.78' },
    });
  });

  test('a wrong line is named, and the names that no line has', async () => {
    const cause = causeOf(await lookAndJudge(namesResolve, wrong, 'etcd2', {}));
    expect(cause.split('\n')).toEqual([
      '/etc/hosts:2 `127.0.1.1 etcd1`: the address of etcd1 is 10.0.3.64',
      '/etc/hosts has no line for pg-patroni1 (10.0.3.141), p1 (10.0.3.141), pg-1 (10.0.3.141), pg-2 (10.0.3.201)',
    ]);
  });

  test('a line with several names is named once', async () => {
    expect(causeOf(await lookAndJudge(namesResolve, wrong, 'etcd3', {}))).toBe(
      '/etc/hosts:5 `10.0.3.142 pg-patroni1 p1 pg-1`: the address of pg-patroni1, p1, pg-1 is 10.0.3.141',
    );
  });
});

test('an address that belongs to another node is said to', () => {
  const wrong: WrongName[] = [{ name: 'etcd1', address: '10.0.3.64', resolved: '10.0.3.78' }];
  const [cause] = hostsFileTrouble('10.0.3.78 etcd1\n', wrong, nodes);
  expect(cause?.en).toBe('/etc/hosts:1 `10.0.3.78 etcd1`: the address of etcd1 is 10.0.3.64 (10.0.3.78 is etcd2)');
});

test('a swap of lines with several names is told once', () => {
  const wrong = ['pg-patroni1', 'p1', 'pg-patroni2', 'p2'].map((name): WrongName => {
    const [own, other] = ['10.0.3.141', '10.0.3.201'] as const;
    return name.endsWith('1') ? { name, address: own, resolved: other } : { name, address: other, resolved: own };
  });
  const causes = hostsFileTrouble('10.0.3.201 pg-patroni1 p1\n10.0.3.141 pg-patroni2 p2\n', wrong, nodes);
  expect(causes.map(({ en }) => en.replace(/.*: the/, 'the'))).toEqual([
    'the addresses of pg-patroni1 and pg-patroni2 are swapped (pg-patroni1 is 10.0.3.141, pg-patroni2 is 10.0.3.201)',
  ]);
});

test('without /etc/hosts that is the cause', () => {
  expect(hostsFileTrouble(null, [], nodes).map(({ fr }) => fr)).toEqual(["/etc/hosts n'existe pas"]);
});
