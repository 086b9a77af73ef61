// What all copies of nodes keep, whatever runs the nodes: held against the fake and against LXC.

import { access } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostsFile } from '../../src/model/hosts-file.ts';
import { type NodeName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { type NodeCopies } from '../../src/provider/node-copies.ts';
import { type Provider } from '../../src/provider/provider.ts';

export interface LabUnderTest {
  readonly provider: Provider;
  readonly copies: NodeCopies;
}

/** Where lab is killed, as if by SIGKILL. */
export type CutOff = 'copying' | 'draft' | 'before-swap' | 'killing' | 'between-renames' | 'after-swap';

export interface NodeCopiesSubject extends LabUnderTest {
  readonly workshop: Workshop;
  /** In the same home. */
  readonly otherLab: LabUnderTest;
  /** An absolute path for a copy that isn't there yet. */
  folder(name: string): string;
  /** Copies all nodes into the folder (`copying`) or replaces them from it, and dies on the way. */
  cutOff(where: CutOff, folder: string): Promise<void>;
  close(): Promise<void>;
}

export function nodeCopiesContract(name: string, open: () => Promise<NodeCopiesSubject>): void {
  describe(`node copies contract: ${name}`, () => {
    let subject: NodeCopiesSubject;
    let first: NodeName;
    let second: NodeName;
    let before: string;
    const stateOf = async (node: NodeName, lab: LabUnderTest = subject): Promise<NodeState | undefined> =>
      (await lab.provider.observe()).nodes.get(node);
    const create = async (node: NodeName): Promise<void> => {
      const { provider, workshop } = subject;
      const definition = workshop.nodes.find((one) => one.name === node);
      if (definition === undefined) throw new Error(node);
      await provider.createNode({
        definition,
        edition: workshop.defaultEdition,
        image: 'base',
        hosts: hostsFile(workshop),
      });
    };
    const write = async (node: NodeName, path: string, text: string): Promise<void> => {
      const result = await subject.provider.exec(node, ['tee', path], { input: text });
      if (result.exitStatus !== 0) throw new Error(result.stderr);
    };
    /** null: no such file. */
    const read = async (node: NodeName, path: string, lab: LabUnderTest = subject): Promise<string | null> => {
      await lab.provider.startNode(node);
      const result = await lab.provider.exec(node, ['cat', path]);
      return result.exitStatus === 0 ? result.stdout : null;
    };
    const isThere = (path: string): Promise<boolean> =>
      access(path).then(
        () => true,
        () => false,
      );

    beforeAll(async () => {
      subject = await open();
      const [one, two] = subject.workshop.nodes;
      if (one === undefined || two === undefined) throw new Error('the workshop has too few nodes');
      [first, second] = [one.name, two.name];
      before = subject.folder('before');
      await subject.provider.createNetwork();
      await subject.otherLab.provider.createNetwork();
      await Promise.all([create(first), create(second)]);
      await subject.provider.startNode(first);
      await write(first, '/kept', 'as it was\n');
      await write(first, '/removed', 'will be back\n');
    });
    afterAll(() => subject.close());

    test('a copy leaves nodes as they were, running or stopped, and says how long they stood still', async () => {
      let then: Promise<unknown> | undefined;
      const whenThawed = (): void => void (then = Promise.all([stateOf(first), isThere(before)]));
      const copied = await subject.copies.copy([first, second], before, { whenThawed });
      expect(await then, 'the node runs before the copy is put away').toEqual(['running', false]);
      expect(copied.frozenSeconds).toBeGreaterThan(0);
      expect(copied.bytes).toBeGreaterThan(0);
      expect(await stateOf(first)).toBe('running');
      expect(await stateOf(second)).toBe('stopped');
    });

    test('a copy of nodes that do not run freezes nobody; a node that was frozen stays so', async () => {
      const { copies, provider } = subject;
      expect((await copies.copy([second], subject.folder('stopped'))).frozenSeconds).toBe(0);
      await provider.setFrozen(first, true);
      expect((await copies.copy([first], subject.folder('frozen'))).frozenSeconds).toBe(0);
      expect(await stateOf(first)).toBe('frozen');
      await provider.setFrozen(first, false);
    });

    test('a copy that fails leaves no folder, and no node frozen', async () => {
      const folder = subject.folder('failed');
      await expect(subject.copies.copy([first, second], folder, { signal: AbortSignal.abort() })).rejects.toMatchObject(
        {
          code: 'interrupted',
        },
      );
      expect(await stateOf(first)).toBe('running');
      expect(await isThere(folder)).toBe(false);
      expect(await subject.copies.mend()).toBe('nothing');
    });

    test('a copy of a node that is not there is refused', async () => {
      const folder = subject.folder('absent');
      await subject.provider.destroyNode(second);
      await expect(subject.copies.copy([first, second], folder)).rejects.toMatchObject({ code: 'copy-node-absent' });
      expect(await isThere(folder)).toBe(false);
      await create(second);
    });

    test('what is no copy is refused, and the lab is unchanged', async () => {
      await expect(subject.copies.replace(subject.folder('nothing'))).rejects.toMatchObject({
        code: 'copy-unreadable',
      });
      expect(await stateOf(first)).toBe('running');
    });

    test('replaced, nodes have the files of the copy, whatever came or went later, and are stopped', async () => {
      await write(first, '/kept', 'changed\n');
      await write(first, '/later', 'came later\n');
      await subject.provider.exec(first, ['rm', '/removed']);
      await subject.copies.replace(before);
      expect(await stateOf(first)).toBe('stopped');
      expect(await stateOf(second)).toBe('stopped');
      expect(await read(first, '/kept')).toBe('as it was\n');
      expect(await read(first, '/later')).toBeNull();
      expect(await read(first, '/removed')).toBe('will be back\n');
      expect(await read(first, '/etc/hostname')).toBe(`${first}\n`);
    });

    test('a node that came later is gone, one that was destroyed is back', async () => {
      const third = subject.workshop.nodes[2]?.name;
      await subject.provider.destroyNode(second);
      if (third !== undefined) await create(third);
      await subject.copies.replace(before);
      expect(await stateOf(second)).toBe('stopped');
      if (third !== undefined) expect(await stateOf(third)).toBe('absent');
    });

    test('the caller hears before the old nodes are killed, and once the new ones are in place', async () => {
      await subject.provider.startNode(first);
      const heard: (NodeState | undefined)[] = [];
      const hear = async () => void heard.push(await stateOf(first));
      await subject.copies.replace(before, { beforeSwap: hear, afterSwap: hear });
      expect(heard).toEqual(['running', 'stopped']);
      expect(await subject.copies.mend()).toBe('nothing');
    });

    test('another lab can restore it', async () => {
      await subject.otherLab.copies.replace(before);
      expect(await stateOf(first, subject.otherLab)).toBe('stopped');
      expect(await read(first, '/kept', subject.otherLab)).toBe('as it was\n');
      await subject.otherLab.copies.removeAll();
    });

    test('after a copy that was cut off the nodes are thawed, and the copy is not there', async () => {
      await subject.provider.startNode(first);
      const folder = subject.folder('cut-off');
      await subject.cutOff('copying', folder);
      expect(await stateOf(first)).toBe('frozen');
      expect(await subject.copies.mend()).toBe('nothing');
      expect(await stateOf(first)).toBe('running');
      expect(await isThere(folder)).toBe(false);
    });

    test.each(['draft', 'before-swap'] as const)('cut off at %s, the old nodes stay and run on', async (where) => {
      await subject.provider.startNode(first);
      await write(first, '/later', 'came later\n');
      await subject.cutOff(where, before);
      const outcomes: string[] = [];
      const settle = async (outcome: string) => void outcomes.push(outcome);
      expect(await subject.copies.mend(settle)).toBe('undone');
      expect(outcomes).toEqual(['undone']);
      expect(await stateOf(first)).toBe('running');
      expect(await read(first, '/later')).toBe('came later\n');
      expect(await subject.copies.mend(settle)).toBe('nothing');
    });

    test.each(['killing', 'between-renames', 'after-swap'] as const)(
      'cut off at %s, the new nodes come to their place',
      async (where) => {
        await subject.provider.startNode(first);
        await write(first, '/later', 'came later\n');
        await subject.cutOff(where, before);
        const outcomes: string[] = [];
        const settle = async (outcome: string) => void outcomes.push(outcome);
        expect(await subject.copies.mend(settle)).toBe('finished');
        expect(outcomes).toEqual(['finished']);
        expect(await stateOf(first)).toBe('stopped');
        expect(await stateOf(second)).toBe('stopped');
        expect(await read(first, '/later')).toBeNull();
        expect(await subject.copies.mend(settle)).toBe('nothing');
      },
    );

    test('the next replacement mends by itself what was cut off', async () => {
      await subject.cutOff('before-swap', before);
      await subject.copies.replace(before);
      expect(await stateOf(first)).toBe('stopped');
      expect(await subject.copies.mend()).toBe('nothing');
    });

    test('all removed at once, running or not, and nodes can be created again', async () => {
      await subject.provider.startNode(first);
      await subject.copies.removeAll();
      expect([...(await subject.provider.observe()).nodes.values()].every((state) => state === 'absent')).toBe(true);
      await create(first);
      expect(await read(first, '/kept')).toBeNull();
    });
  });
}
