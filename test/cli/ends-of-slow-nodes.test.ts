import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { up } from '../../src/cli/up.ts';
import { editionName } from '../../src/model/ids.ts';
import { cliWorld, quietWorkshop } from './cli-world.ts';

// No step of the quiet workshop asks for a node.
test('the end of a chapter is kept once all of its nodes are there', async () => {
  const { world, invocation, services } = await cliWorld();
  const slow = {
    ...services,
    provider: (...of: Parameters<typeof services.provider>) => {
      const provider = services.provider(...of);
      const createNode: typeof provider.createNode = async (...node) => {
        for (let turn = 0; turn < 500; turn += 1) await setImmediate();
        return provider.createNode(...node);
      };
      return { ...provider, createNode };
    },
  };
  const slowWorld = { ...world, services: () => Promise.resolve(slow) };
  expect(await up(slowWorld, invocation, undefined, {})).toBe(0);
  const kept = await services.chapterEnds(quietWorkshop(), editionName('trixie')).list();
  expect(kept.map(({ chapter }) => chapter)).toEqual(['chapter-1', 'chapter-2']);
  await rm(invocation.home, { recursive: true });
});
