// What every provider keeps, whatever runs the nodes: held against the fake and against LXC.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostsFile } from '../../src/model/hosts-file.ts';
import { type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type NodeDefinition, type Workshop } from '../../src/model/workshop.ts';
import { type Provider } from '../../src/provider/provider.ts';

export interface ContractSubject {
  readonly provider: Provider;
  readonly workshop: Workshop;
  close(): Promise<void>;
}

export function providerContract(name: string, open: () => Promise<ContractSubject>): void {
  describe(`provider contract: ${name}`, () => {
    let subject: ContractSubject;
    let first: NodeDefinition;
    const state = async (node: NodeName): Promise<NodeState | undefined> =>
      (await subject.provider.observe()).nodes.get(node);
    const create = (): Promise<void> => {
      const { provider, workshop } = subject;
      return provider.createNode({
        definition: first,
        edition: workshop.defaultEdition,
        image: first.image,
        hosts: hostsFile(workshop),
      });
    };

    beforeAll(async () => {
      subject = await open();
      const [node] = subject.workshop.nodes;
      if (node === undefined) throw new Error('the workshop has no nodes');
      first = node;
    });
    afterAll(() => subject.close());

    test('at first there is nothing', async () => {
      const seen = await subject.provider.observe();
      expect(seen.network).toBe('absent');
      expect([...seen.nodes.values()].every((one) => one === 'absent')).toBe(true);
      expect(seen.nodes.size).toBe(subject.workshop.nodes.length);
    });

    test('the network is made once, however often it is asked for', async () => {
      await subject.provider.createNetwork();
      await subject.provider.createNetwork();
      expect((await subject.provider.observe()).network).toBe('present');
    });

    test('a node is created stopped, and runs once started', async () => {
      await create();
      expect(await state(first.name)).toBe('stopped');
      await subject.provider.startNode(first.name);
      expect(await state(first.name)).toBe('running');
      await subject.provider.startNode(first.name);
      expect(await state(first.name)).toBe('running');
    });

    test('a command gives its output and its own exit status', async () => {
      const hostname = await subject.provider.exec(first.name, ['cat', '/etc/hostname']);
      expect(hostname).toMatchObject({ exitStatus: 0, stdout: `${first.name}\n`, timedOut: false });
      expect((await subject.provider.exec(first.name, ['false'])).exitStatus).toBe(1);
      expect((await subject.provider.exec(first.name, ['cat', '/nothing/here'])).stderr).toContain('No such file');
    });

    test('the node knows every node of the workshop by name', async () => {
      const hosts = await subject.provider.exec(first.name, ['cat', '/etc/hosts']);
      for (const node of subject.workshop.nodes) expect(hosts.stdout).toContain(`${node.address} ${node.name}`);
    });

    test('input reaches the command, and what it wrote outlives a stop', async () => {
      await subject.provider.exec(first.name, ['tee', '/etc/kept'], { input: 'kept é\n' });
      await subject.provider.stopNode(first.name, 'clean');
      expect(await state(first.name)).toBe('stopped');
      await subject.provider.startNode(first.name);
      expect((await subject.provider.exec(first.name, ['cat', '/etc/kept'])).stdout).toBe('kept é\n');
      await subject.provider.stopNode(first.name, 'kill');
      await subject.provider.startNode(first.name);
      expect((await subject.provider.exec(first.name, ['cat', '/etc/kept'])).stdout).toBe('kept é\n');
    });

    test('a node gets a disk of its own and loses it again, and has its files all the while', async () => {
      const kept = async (): Promise<string> => {
        await subject.provider.startNode(first.name);
        return (await subject.provider.exec(first.name, ['cat', '/etc/kept'])).stdout;
      };
      for (const extraBytes of [64 * 1024 * 1024, 64 * 1024 * 1024, null, null]) {
        await subject.provider.stopNode(first.name, 'kill');
        await subject.provider.limitDisk(first.name, extraBytes);
        expect(await kept()).toBe('kept é\n');
      }
    });

    test('a command that takes too long is ended and says so', async () => {
      const result = await subject.provider.exec(first.name, ['sleep', '600'], { timeoutSeconds: 1 });
      expect(result.timedOut).toBe(true);
      expect(result.seconds).toBeLessThan(300);
    });

    test('a frozen node is seen as frozen, and thawed by freezing off or by a start', async () => {
      await subject.provider.setFrozen(first.name, true);
      expect(await state(first.name)).toBe('frozen');
      await subject.provider.setFrozen(first.name, false);
      expect(await state(first.name)).toBe('running');
      await subject.provider.setFrozen(first.name, true);
      await subject.provider.startNode(first.name);
      expect(await state(first.name)).toBe('running');
    });

    test('a stopped node that is stopped again stays so', async () => {
      await subject.provider.stopNode(first.name, 'clean');
      await subject.provider.stopNode(first.name, 'kill');
      expect(await state(first.name)).toBe('stopped');
    });

    test('created again, a node is new', async () => {
      await create();
      await subject.provider.startNode(first.name);
      expect((await subject.provider.exec(first.name, ['cat', '/etc/kept'])).exitStatus).toBe(1);
    });

    test('destroyed while it runs it is gone, and once more changes nothing', async () => {
      await subject.provider.destroyNode(first.name);
      await subject.provider.destroyNode(first.name);
      expect(await state(first.name)).toBe('absent');
    });

    test('the network goes, and once more changes nothing', async () => {
      await subject.provider.destroyNetwork();
      await subject.provider.destroyNetwork();
      expect((await subject.provider.observe()).network).toBe('absent');
    });
  });
}
