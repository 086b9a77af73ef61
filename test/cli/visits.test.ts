// A person who is in a lab while another command changes it.

import { readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { restore, save } from '../../src/cli/checkpoints.ts';
import { exec, shell } from '../../src/cli/in-nodes.ts';
import { type Services } from '../../src/cli/services.ts';
import { up } from '../../src/cli/up.ts';
import { readHistory } from '../../src/journal/open-journal.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { editionName } from '../../src/model/ids.ts';
import { type NodeCopies } from '../../src/provider/node-copies.ts';
import { type Provider } from '../../src/provider/provider.ts';
import { cliWorld, type CliWorld, quietWorkshop } from './cli-world.ts';

let one: CliWorld;
beforeEach(async () => void (one = await cliWorld()));
afterEach(() => rm(one.invocation.home, { recursive: true }));

const visit = () => exec(one.world, one.invocation, 'a', ['true'], {});
const kept = async () =>
  (await one.services.chapterEnds(quietWorkshop(), editionName('trixie')).list()).map(({ chapter }) => chapter);
const history = () => readHistory(labPaths(one.invocation.home, one.invocation.lab).journal);

/** The world whose nodes, or copies of them, behave otherwise. */
function otherwise(change: {
  readonly provider?: (real: Provider) => Partial<Provider>;
  readonly copies?: (real: NodeCopies) => Partial<NodeCopies>;
}) {
  const { services } = one;
  const changed: Services = {
    ...services,
    provider: (...of) => {
      const real = services.provider(...of);
      return { ...real, ...change.provider?.(real) };
    },
    nodeCopies: (...of) => {
      const real = services.nodeCopies(...of);
      return { ...real, ...change.copies?.(real) };
    },
  };
  return { ...one.world, services: () => Promise.resolve(changed) };
}

describe('while lab up is at work, somebody in a node', () => {
  test('before the end of a chapter keeps that end, and the later ones, from being kept for other labs', async () => {
    const world = otherwise({
      provider: (real) => ({
        startNode: async (node, signal) => {
          await real.startNode(node, signal);
          if (node === 'a') await visit();
        },
      }),
    });
    expect(await up(world, one.invocation, undefined, {})).toBe(0);
    expect(await kept()).toEqual([]);
    expect((await history()).touched).toBe(true);
  });

  test('while the end is copied, too, which is said', async () => {
    const world = otherwise({
      copies: (real) => ({
        copy: async (...of) => {
          await visit();
          return real.copy(...of);
        },
      }),
    });
    expect(await up(world, one.invocation, undefined, {})).toBe(0);
    expect(await kept()).toEqual([]);
    expect(one.out()).toContain('Somebody was in a node while the end of chapter-1 was copied');
  });

  test('nobody: both ends are kept', async () => {
    expect(await up(one.world, one.invocation, undefined, {})).toBe(0);
    expect(await kept()).toEqual(['chapter-1', 'chapter-2']);
  });
});

describe('a shell that was there before the nodes were exchanged', () => {
  const during = async (node: string | undefined, work: () => Promise<unknown>) => {
    const world = otherwise({ provider: () => ({ attach: async () => (await work(), 0) }) });
    await shell(world, one.invocation, node);
  };

  const saved = async () => {
    await up(one.world, one.invocation, undefined, {});
    await save(one.world, one.invocation, 'untouched', {});
  };
  const restored = () => restore(one.world, one.invocation, 'untouched');

  test.each(['a', undefined])('is noted again for the new ones (%s)', async (node) => {
    await saved();
    await during(node, restored);
    expect((await history()).touched).toBe(true);
  });

  test('and is over: the new nodes are nobody’s work', async () => {
    await saved();
    await during('a', () => Promise.resolve());
    await restored();
    expect((await history()).touched).toBe(false);
  });
});

test('visits are noted once', async () => {
  await up(one.world, one.invocation, undefined, {});
  await visit();
  await visit();
  const text = await readFile(labPaths(one.invocation.home, one.invocation.lab).journal, 'utf8');
  expect(text.split('\n').filter((line) => line.includes('touched-by-hand'))).toHaveLength(1);
});
