import { describe, expect, test } from 'vitest';
import { labUp } from '../../src/engine/lab-up.ts';
import { type LabEvent } from '../../src/model/events.ts';
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

  test('a drill of the chapter that is asked for is held again where what it is about was made anew before it, and that is said', async () => {
    const world = newWorld({ drill: 'two' });
    await labUp(session(world), chapterId(1));
    world.machine.nodes.get(nodeName('a'))?.files.set('/one', 'gone').set('/two', 'gone');
    const notices: string[] = [];
    const announce = (event: LabEvent): void => {
      if (event.kind === 'notice') notices.push(event.text.en);
    };
    await labUp(session(world, { announce }), chapterId(1));
    expect(world.machine.nodes.get(nodeName('a'))?.files.get('/two')).toBe('two');
    expect(notices.filter((text) => text.includes('is held again'))).toHaveLength(1);
    await labUp(session(world), chapterId(2));
    world.machine.nodes.get(nodeName('a'))?.files.set('/one', 'gone').set('/two', 'gone');
    await expect(labUp(session(world), chapterId(2))).rejects.toMatchObject({ code: 'drill-not-repeated' });
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
