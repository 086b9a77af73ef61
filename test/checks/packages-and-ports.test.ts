import { describe, expect, test } from 'vitest';
import { packagesInstalled } from '../../src/checks/packages-installed.ts';
import { portsListen } from '../../src/checks/ports-listen.ts';
import { unreachablePort } from '../../src/checks/unreachable-port.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

const packages = { packages: ['etcd-server', 'etcd-client'] };
const ports = { ports: [2379, 2380] };

describe.each(etcdVersions)('on the nodes of etcd %s', (etcd) => {
  test('installed packages pass with their versions', async () => {
    const judgement = await lookAndJudge(packagesInstalled, { etcd, name: 'whole' }, 'etcd1', packages);
    expect(judgement.verdict).toBe('pass');
    expect(judgement.seen.en).toContain(`etcd-server ${etcd}`);
  });

  test('a missing package is named, and the others are not', async () => {
    const judgement = await lookAndJudge(packagesInstalled, { etcd, name: 'package-missing' }, 'etcd1', packages);
    expect(causeOf(judgement)).toBe('missing on etcd1: etcd-client');
    expect(judgement).toMatchObject({ hint: { en: 'Install it from the package pool: `apt install etcd-client`' } });
  });

  test("a package's leftover after `dpkg --purge` is not an installed package", async () => {
    const judgement = await lookAndJudge(packagesInstalled, { etcd, name: 'package-missing' }, 'etcd2', packages);
    expect(causeOf(judgement)).toBe('missing on etcd2: etcd-server');
  });

  test("ports on the node's address pass", async () => {
    expect((await lookAndJudge(portsListen, { etcd, name: 'whole' }, 'etcd2', ports)).verdict).toBe('pass');
  });

  test('ports that only the node itself reaches fail and say so', async () => {
    const judgement = await lookAndJudge(portsListen, { etcd, name: 'package-boot' }, 'etcd1', ports);
    expect(causeOf(judgement).split('\n')[1]).toBe(
      "etcd listens on port 2380 for this node alone (127.0.0.1): other nodes can't reach it at 10.0.3.64",
    );
  });

  test('closed ports are named one by one', async () => {
    const judgement = await lookAndJudge(portsListen, { etcd, name: 'one-member-stopped' }, 'etcd3', ports);
    expect(causeOf(judgement)).toBe('no program listens on port 2379\nno program listens on port 2380');
  });
});

test('a program on another address of the node is not taken for one on the right address', () => {
  const sockets = [{ address: '10.0.4.1', port: 2379, program: 'etcd' }];
  expect(unreachablePort(2379, sockets, '10.0.3.64').en).toBe(
    "etcd listens on port 2379 of 10.0.4.1, not of this node's address 10.0.3.64",
  );
});
