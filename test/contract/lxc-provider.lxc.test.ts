import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readFile, rm } from 'node:fs/promises';
import { compose } from '../../src/compose.ts';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { hostsFile } from '../../src/model/hosts-file.ts';
import { labName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { namespaceName } from '../../src/provider/lxc/network.ts';
import { type Provider } from '../../src/provider/provider.ts';
import { providerContract } from './provider-contract.ts';

const home = inject('labHome');

providerContract('LXC', async () => {
  const { provider, workshop } = await open('contract');
  return { provider, workshop, close: () => rm(labPaths(home, labName('contract')).directory, { recursive: true }) };
});

describe('the LXC provider', () => {
  let provider: Provider;
  let workshop: Workshop;
  const names = ['etcd1', 'etcd2'];
  const node = (name: string) => {
    const found = workshop.nodes.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const exec = (name: string, script: string) => provider.exec(node(name).name, ['sh', '-c', script]);

  beforeAll(async () => {
    ({ provider, workshop } = await open('lxc'));
    await provider.createNetwork();
    await Promise.all(
      names.map(async (name) => {
        await provider.createNode({
          definition: node(name),
          edition: workshop.defaultEdition,
          image: 'base',
          hosts: hostsFile(workshop),
        });
        await provider.startNode(node(name).name);
      }),
    );
  });
  afterAll(async () => {
    await Promise.all(names.map((name) => provider.destroyNode(node(name).name)));
    await provider.destroyNetwork();
    await rm(labPaths(home, labName('lxc')).directory, { recursive: true });
  });

  test('nodes reach each other by name, the trainer reaches them, and nobody reaches out', async () => {
    expect((await exec('etcd1', 'ping -c 1 -W 2 etcd2')).exitStatus).toBe(0);
    // 7: the node itself refused, since nothing listens there; an address that nobody has would time out (28).
    const url = `http://${node('etcd1').address}:9/`;
    expect((await provider.execOnNetwork(['curl', '--silent', '--max-time', '5', url])).exitStatus).toBe(7);
    expect((await exec('etcd1', 'ip route show default')).stdout).toBe('');
  });

  test('root in the node is nobody on the host', async () => {
    const inside = await exec('etcd1', 'id -u');
    expect(inside.stdout.trim()).toBe('0');
    const map = await exec('etcd1', 'cat /proc/self/uid_map');
    expect(Number(map.stdout.trim().split(/\s+/)[1])).toBeGreaterThanOrEqual(1000);
  });

  test('what somebody else does to a node is seen at once', async () => {
    const { nodes } = labPaths(home, labName('lxc'));
    const seen = async () => (await provider.observe()).nodes.get(node('etcd2').name);
    const lxc = (program: string, ...more: string[]) => runProgram([program, '-P', nodes, '-n', 'etcd2', ...more]);
    expect(await seen()).toBe('running');
    await lxc('lxc-freeze');
    expect(await seen()).toBe('frozen');
    await lxc('lxc-unfreeze');
    expect(await seen()).toBe('running');
    await lxc('lxc-stop', '-k');
    expect(await seen()).toBe('stopped');
    await lxc('lxc-start');
    expect(await seen()).toBe('running');
    await provider.startNode(node('etcd2').name);
  });

  test('a freezing that was cut off, of which LXC knows nothing, is seen, and a start thaws the node', async () => {
    const { nodes } = labPaths(home, labName('lxc'));
    const { name } = node('etcd2');
    const lxc = (program: string, ...more: string[]) => runProgram([program, '-P', nodes, '-n', name, ...more]);
    const first = (await readFile('/proc/self/cgroup', 'utf8')).includes(':freezer:');
    await lxc('lxc-cgroup', ...(first ? ['freezer.state', 'FROZEN'] : ['cgroup.freeze', '1']));
    expect((await lxc('lxc-info', '--state', '--no-humanize')).stdout.trim()).toBe('RUNNING');
    // One that knows the node, and one that has to ask LXC first.
    const looking = [provider, (await open('lxc')).provider];
    const seen = () => Promise.all(looking.map(async (one) => (await one.observe()).nodes.get(name)));
    expect(await seen()).toEqual(['frozen', 'frozen']);
    await provider.startNode(name);
    expect(await seen()).toEqual(['running', 'running']);
    expect((await exec('etcd2', 'echo here')).stdout).toBe('here\n');
  });

  test('every unit of a booted node is well', async () => {
    const booted = await exec('etcd1', 'systemctl is-system-running --wait; systemctl --failed --no-legend --plain');
    expect(booted.stdout.trim()).toBe('running');
  });

  test('a directory that comes from the image can be removed and moved', async () => {
    const result = await exec(
      'etcd1',
      'set -e; mv /usr/share/bash-completion /usr/share/moved; rm -r /usr/share/moved; ls /usr/share | grep -c "^bash-completion$" || true',
    );
    expect(result).toMatchObject({ exitStatus: 0, stdout: '0\n', stderr: '' });
  });

  test('packages of the pool can be installed by hand, without a network', async () => {
    const result = await exec(
      'etcd2',
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq etcd-server etcd-client && etcd --version',
    );
    expect(result.stdout).toContain('etcd Version');
  });

  test('a namespace of that name that lab did not make is refused and not touched', async () => {
    const name = namespaceName(home, labName('foreign'));
    await runProgram(['ip', 'netns', 'add', name]);
    try {
      const { provider: other } = await open('foreign');
      expect((await other.observe()).network).toBe('foreign');
      await expect(other.createNetwork()).rejects.toMatchObject({ code: 'network-foreign', exit: 4 });
      await expect(other.destroyNetwork()).rejects.toMatchObject({ code: 'network-foreign' });
      expect((await runProgram(['ip', 'netns', 'list'])).stdout).toContain(name);
    } finally {
      await runProgram(['ip', 'netns', 'delete', name]);
    }
  });

  test('a network that was cut off half-way is made whole', async () => {
    const { provider: half } = await open('half');
    await half.createNetwork();
    await runProgram(['ip', '-n', namespaceName(home, labName('half')), 'link', 'delete', 'labbr0']);
    expect((await half.observe()).network).toBe('absent');
    await half.createNetwork();
    expect((await half.observe()).network).toBe('present');
    await half.destroyNetwork();
    await rm(labPaths(home, labName('half')).directory, { recursive: true });
  });
});

async function open(lab: string): Promise<{ provider: Provider; workshop: Workshop }> {
  const invocation = parseInvocation({ lab, home }, {}, '/');
  const services = compose(
    { node: process.execPath, terminal: 'dumb', pager: 'cat', signals: process, whileAttached: (work) => work() },
    invocation,
  );
  const workshop = await services.loadWorkshop();
  return { provider: services.provider(labName(lab), workshop), workshop };
}
