import { describe, expect, test } from 'vitest';
import { labUp } from '../../src/engine/lab-up.ts';
import { chapterId, nodeName } from '../../src/model/ids.ts';
import { newWorld, session } from './lab-world.ts';

describe('what was done is done again', () => {
  test('looks that do not come back on a busy machine change nothing of what is decided', async () => {
    const world = newWorld();
    await labUp(session(world), chapterId(2));
    const before = world.journal;
    world.machine.slowReads = 7;
    const plan = await labUp(session(world), chapterId(2));
    expect(plan.items.map(({ kind }) => kind)).toEqual(['keep-step', 'keep-step', 'keep-step']);
    expect(world.journal.slice(before.length).filter(({ kind }) => kind === 'step-started')).toEqual([]);
    expect(world.machine.slowReads).toBe(0);
  });

  test('a drill is not held again when what it left behind is gone: it says so', async () => {
    const world = newWorld({ drill: 'two' });
    await labUp(session(world), chapterId(2));
    const before = world.journal;
    world.machine.nodes.get(nodeName('a'))?.files.set('/two', 'something else');
    await expect(labUp(session(world), chapterId(1))).rejects.toMatchObject({
      code: 'drill-not-repeated',
      exit: 1,
      hint: { en: expect.stringContaining('lab solve two') as string },
    });
    await expect(labUp(session(world), chapterId(2))).rejects.toMatchObject({
      code: 'drill-not-repeated',
      hint: { en: expect.stringContaining('lab reset c1') as string },
    });
    expect(world.machine.nodes.get(nodeName('a'))?.files.get('/two')).toBe('something else');
    expect(world.journal.slice(before.length).filter(({ kind }) => kind === 'step-started')).toEqual([]);
  });
});
