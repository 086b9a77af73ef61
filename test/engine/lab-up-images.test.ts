import { describe, expect, test, vi } from 'vitest';
import { labUp } from '../../src/engine/lab-up.ts';
import { type LabSession } from '../../src/engine/session.ts';
import { chapterId, nodeName } from '../../src/model/ids.ts';
import { noCheckpoints } from '../fakes/no-checkpoints.ts';
import { files, newWorld, PowerCut, session, type World } from './lab-world.ts';

describe('labUp with images to build', () => {
  const late = (world: World): World => ({
    ...world,
    workshop: {
      ...world.workshop,
      nodes: world.workshop.nodes.map((node) => (node.name === nodeName('b') ? { ...node, image: 'late' } : node)),
    },
  });
  const building = (prepare: LabSession['images']['prepare']) => ({
    isPrepared: () => Promise.resolve(false),
    prepare,
  });
  const keeping = () => {
    const kept: string[] = [];
    const chapterEnds: LabSession['chapterEnds'] = {
      ...noCheckpoints.chapterEnds,
      keep: (chapter) => Promise.resolve(void kept.push(chapter)),
    };
    return { kept, chapterEnds };
  };

  test('a node is made as soon as its own image is there, and steps go on beside the building', async () => {
    const world = late(newWorld());
    const images = building(async (onImage) => {
      expect(world.machine.network).toBe('absent');
      onImage('base');
      await vi.waitUntil(() => world.machine.nodes.get(nodeName('a'))?.files.has('/two'), { interval: 1 });
      expect(world.machine.nodes.has(nodeName('b'))).toBe(false);
      onImage('late');
    });
    await labUp(session(world, { images }), chapterId(2));
    expect(files(world)).toEqual({ a: ['/one', '/two'], b: ['/three'] });
  });

  test('no image at all: nothing is made', async () => {
    const world = late(newWorld());
    const images = building(() => Promise.reject(new PowerCut()));
    await expect(labUp(session(world, { images }), chapterId(2))).rejects.toThrow(PowerCut);
    expect([world.machine.network, world.machine.nodes.size]).toEqual(['absent', 0]);
  });

  test('a building that fails in the middle is told, and no end of a chapter is kept', async () => {
    const world = late(newWorld());
    const { kept, chapterEnds } = keeping();
    const images = building(async (onImage) => {
      onImage('base');
      await vi.waitUntil(() => world.machine.nodes.has(nodeName('a')), { interval: 1 });
      throw new PowerCut();
    });
    await expect(labUp(session(world, { images, chapterEnds }), chapterId(2))).rejects.toThrow(PowerCut);
    expect([...world.machine.nodes.keys()]).toEqual(['a']);
    expect(kept).toEqual([]);
    await labUp(session(world, { chapterEnds }), chapterId(2));
    expect(kept).toEqual(['chapter-1', 'chapter-2']);
  });

  test('cut off when all nodes are made: the next one does without the images that are missing, and says so', async () => {
    const world = late(newWorld());
    const { kept, chapterEnds } = keeping();
    const images = building(async (onImage) => {
      onImage('base');
      await vi.waitUntil(() => world.machine.nodes.get(nodeName('a'))?.files.has('/two'), { interval: 1 });
      throw new PowerCut();
    });
    await expect(labUp(session(world, { images, chapterEnds }), chapterId(1))).rejects.toThrow(PowerCut);
    const announced: string[] = [];
    const again = building(() => Promise.reject(new Error('nothing of this lab needs an image')));
    await labUp(
      session(world, { images: again, chapterEnds, announce: (event) => void announced.push(JSON.stringify(event)) }),
      chapterId(1),
    );
    expect(announced.join('\n')).toMatch(/lab prepare --edition/);
    expect(kept).toEqual([]);
    await labUp(session(world, { chapterEnds }), chapterId(1));
    expect(kept).toEqual(['chapter-1']);
  });
});
